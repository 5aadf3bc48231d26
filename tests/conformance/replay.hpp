// Do the simulated peers answer as the real ones did? Recorded traffic is replayed against a simulator and each answer
// is compared with the recorded one. Shared by both halves: odoo_replay.cpp and plane_replay.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::conformance {

enum class Peer { kOdoo, kPlane };

// One recorded exchange, whichever of the two file forms it came in.
struct Recording {
    Peer peer = Peer::kOdoo;
    std::string file;  // name without folder and ".json": the order of replay
    net::HttpRequest request;
    json::Value request_body;  // parsed when it is JSON, else null (the text stands in request.body)
    int status = 0;
    net::Headers headers;
    json::Value body;        // parsed when it is JSON, else null …
    std::string text;        // … and the text
    bool text_body = false;  // the answer was not JSON
};

// All recordings of a folder (not of its subfolders), in name order. Files that are no recordings are left out.
std::vector<Recording> load_recordings(const std::filesystem::path& folder);

enum class Verdict { kMatch, kMismatch, kNotModelled };

struct Outcome {
    std::string file;
    Verdict verdict = Verdict::kMatch;
    std::string detail;       // what differs, or why it is not modelled
    std::string explanation;  // of a mismatch that is known and accepted; it still counts as a mismatch
    bool adopted = false;     // the simulator was first given records that the recording presupposes
};

struct Report {
    std::string peer;  // "odoo", "plane"
    std::vector<Outcome> outcomes;
    int matched() const;
    int concerned() const;  // all but kNotModelled
    double share() const;   // matched / concerned; 1 when nothing is concerned
};

// Each mismatch with its reason or UNEXPLAINED, how many were left out and why, then one line "odoo: N/M".
void print(const Report& report, std::FILE* out);

// --- comparing ------------------------------------------------------------------------------------------------------

// How closely a value must agree.
enum class Closeness {
    kEqual,     // the same value
    kForm,      // the same kind of text: date, instant, UUID, number, plain text; the same JSON type otherwise
    kType,      // the same JSON type
    kAnyOrder,  // a list with the same members in any order, each kEqual
    kIgnored,   // not looked at, may be absent
};
// Decides by the path of a value ("/0/write_date") and the recorded value.
using Rule = std::function<Closeness(std::string_view path, const json::Value& recorded)>;

// What differs first, in words with the path; nothing when it agrees. Keys must be the same on both sides.
std::optional<std::string> difference(const json::Value& recorded, const json::Value& answered, const Rule& rule);

// "date", "instant", "uuid", "number", "text", "empty" of a text.
std::string_view form_of(std::string_view text);

// Recorded names of things (ids, UUIDs) and what the simulator calls them.
class Bindings {
public:
    void bind(const std::string& kind, const std::string& recorded, const std::string& simulated);
    std::optional<std::string> find(const std::string& kind, const std::string& recorded) const;
    // Every recorded name of the kind that occurs in the text, replaced.
    std::string rewrite(const std::string& kind, std::string text) const;
    const std::map<std::string, std::string>& all(const std::string& kind) const;

private:
    std::map<std::string, std::map<std::string, std::string>> by_kind_;
};

// --- the halves -----------------------------------------------------------------------------------------------------

Report replay_odoo(const std::vector<Recording>& recordings);   // odoo_replay.cpp
Report replay_plane(const std::vector<Recording>& recordings);  // plane_replay.cpp

}  // namespace syncline::conformance
