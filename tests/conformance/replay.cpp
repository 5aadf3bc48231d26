#include "replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/time.hpp"

namespace syncline::conformance {
namespace {

net::Headers read_headers(const json::Value* value) {
    net::Headers headers;
    if (value == nullptr) return headers;
    if (value->is_object()) {
        for (const auto& [name, item] : value->get_object()) {
            if (item.is_string()) headers.add(std::string(name), std::string(item.get_string()));
        }
    } else if (value->is_array()) {
        for (const json::Value& pair : value->get_array()) {
            if (!pair.is_array() || pair.get_array().size() != 2) continue;
            if (!pair.at(0).is_string() || !pair.at(1).is_string()) continue;
            headers.add(std::string(pair.at(0).get_string()), std::string(pair.at(1).get_string()));
        }
    }
    return headers;
}

// A body stands in the file as JSON when it was JSON, as text otherwise.
void read_request_body(Recording& recording, const json::Value* body) {
    if (body == nullptr || body->is_null()) return;
    const bool json_sent = recording.request.headers.get("Content-Type").find("json") != std::string_view::npos;
    if (body->is_string() && !(json_sent && json::parse(body->get_string()))) {
        recording.request.body = std::string(body->get_string());
        return;
    }
    if (body->is_string()) {
        recording.request_body = *json::parse(body->get_string());
    } else {
        recording.request_body = *body;
    }
    recording.request.body = boost::json::serialize(recording.request_body);
}

void read_answer(Recording& recording, const json::Value* body) {
    if (body == nullptr) return;
    const bool json_said = recording.headers.get("Content-Type").find("json") != std::string_view::npos;
    if (body->is_string() && !json_said) {
        recording.text = std::string(body->get_string());
        recording.text_body = true;
    } else if (*body != "null") {  // an answer of nothing is kept as its text
        recording.body = *body;
    }
}

// Descriptions of fields are kept without their request, which always is the same.
std::optional<Recording> read_description(const std::string& name, const json::Value& value) {
    constexpr std::string_view kPrefix = "fields_get.";
    if (!name.starts_with(kPrefix) || !value.is_object()) return std::nullopt;
    Recording recording;
    recording.file = name;
    recording.request.method = "POST";
    recording.request.url = "/json/2/" + name.substr(kPrefix.size()) + "/fields_get";
    recording.request.headers = {{"Content-Type", "application/json"}, {"Authorization", "bearer <APIKEY>"}};
    json::Array attributes;
    for (const char* attribute :
         {"string", "type", "store", "readonly", "required", "relation", "relation_field", "related", "selection",
          "searchable", "sortable", "company_dependent", "translate", "depends"}) {
        attributes.emplace_back(attribute);
    }
    recording.request_body = json::Object{{"attributes", attributes}};
    recording.request.body = boost::json::serialize(recording.request_body);
    recording.status = 200;
    recording.body = value;
    return recording;
}

std::optional<Recording> read_recording(const std::string& name, const json::Value& value) {
    const json::Value* request = json::find(value, "request");
    if (request == nullptr) return read_description(name, value);
    Recording recording;
    recording.file = name;
    recording.request.method = json::text_or(*request, "method", "GET");
    recording.request.url = json::text_or(*request, "path");
    recording.request.headers = read_headers(json::find(*request, "headers"));
    read_request_body(recording, json::find(*request, "body"));
    if (const json::Value* response = json::find(value, "response")) {
        recording.status = static_cast<int>(json::integer_or(*response, "status"));
        recording.headers = read_headers(json::find(*response, "headers"));
        read_answer(recording, json::find(*response, "body"));
    } else if (json::find(value, "status") != nullptr) {
        recording.peer = Peer::kPlane;
        recording.status = static_cast<int>(json::integer_or(value, "status"));
        recording.headers = read_headers(json::find(value, "response_headers"));
        read_answer(recording, json::find(value, "response_body"));
    } else {
        return std::nullopt;
    }
    return recording;
}

bool looks_like(std::string_view text, std::string_view pattern) {  // 9: a digit, x: a hex digit, else itself
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (pattern[i] == '9'   ? std::isdigit(c) == 0
            : pattern[i] == 'x' ? std::isxdigit(c) == 0
                                : text[i] != pattern[i]) {
            return false;
        }
    }
    return true;
}

const char* type_name(const json::Value& value) {
    if (value.is_null()) return "null";
    if (value.is_bool()) return "boolean";
    if (value.is_string()) return "text";
    if (value.is_array()) return "list";
    if (value.is_object()) return "object";
    return "number";
}

std::string brief(const json::Value& value) {
    std::string text = boost::json::serialize(value);
    constexpr std::size_t kShown = 160;
    if (text.size() > kShown) text = text.substr(0, kShown) + "…";
    return text;
}

class Comparer {
public:
    explicit Comparer(const Rule& rule) : rule_(rule) {}

    std::optional<std::string> compare(const json::Value& recorded, const json::Value& answered,
                                       const std::string& path) {
        const Closeness closeness = rule_(path, recorded);
        if (closeness == Closeness::kIgnored) return std::nullopt;
        if (std::string_view(type_name(recorded)) != type_name(answered)) {
            return fmt::format("{}: recorded {} {}, answered {} {}", path, type_name(recorded), brief(recorded),
                               type_name(answered), brief(answered));
        }
        if (closeness == Closeness::kType) return std::nullopt;
        if (closeness == Closeness::kAnyOrder) return any_order(recorded, answered, path);
        if (recorded.is_object()) return objects(recorded.get_object(), answered.get_object(), path);
        if (recorded.is_array() && closeness == Closeness::kEqual)
            return lists(recorded.get_array(), answered.get_array(), path);
        if (closeness == Closeness::kForm) return forms(recorded, answered, path);
        const bool same =
            recorded.is_number() ? recorded.to_number<double>() == answered.to_number<double>() : recorded == answered;
        if (same) return std::nullopt;
        return fmt::format("{}: recorded {}, answered {}", path, brief(recorded), brief(answered));
    }

private:
    std::optional<std::string> objects(const json::Object& recorded, const json::Object& answered,
                                       const std::string& path) {
        for (const auto& [key, value] : recorded) {
            const std::string below = path + "/" + std::string(key);
            const json::Value* other = answered.if_contains(key);
            if (other == nullptr && rule_(below, value) == Closeness::kIgnored) continue;
            if (other == nullptr) return fmt::format("{}: missing", below);
            if (auto found = compare(value, *other, below)) return found;
        }
        for (const auto& [key, value] : answered) {
            const std::string below = path + "/" + std::string(key);
            if (!recorded.contains(key) && rule_(below, json::Value()) != Closeness::kIgnored) {
                return fmt::format("{}: answered but not recorded", below);
            }
        }
        return std::nullopt;
    }
    std::optional<std::string> lists(const json::Array& recorded, const json::Array& answered,
                                     const std::string& path) {
        if (recorded.size() != answered.size()) {
            return fmt::format("{}: recorded {} members {}, answered {} {}", path, recorded.size(), brief(recorded),
                               answered.size(), brief(answered));
        }
        for (std::size_t i = 0; i < recorded.size(); ++i) {
            if (auto found = compare(recorded[i], answered[i], fmt::format("{}/{}", path, i))) return found;
        }
        return std::nullopt;
    }
    std::optional<std::string> any_order(const json::Value& recorded, const json::Value& answered,
                                         const std::string& path) {
        const auto sorted = [](const json::Value& value) {
            std::vector<std::string> out;
            if (value.is_array()) {
                for (const json::Value& item : value.get_array()) out.push_back(json::canonical(item));
            }
            std::sort(out.begin(), out.end());
            return out;
        };
        if (sorted(recorded) == sorted(answered)) return std::nullopt;
        return fmt::format("{}: recorded {}, answered {}", path, brief(recorded), brief(answered));
    }
    std::optional<std::string> forms(const json::Value& recorded, const json::Value& answered,
                                     const std::string& path) {
        if (!recorded.is_string()) return std::nullopt;
        const std::string_view mine = form_of(recorded.get_string());
        const std::string_view theirs = form_of(answered.get_string());
        if (mine == theirs) return std::nullopt;
        return fmt::format("{}: recorded {} {}, answered {} {}", path, mine, brief(recorded), theirs, brief(answered));
    }

    const Rule& rule_;
};

}  // namespace

std::vector<Recording> load_recordings(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Recording> recordings;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto value = json::parse(text);
        if (!value) continue;
        if (auto recording = read_recording(file.stem().string(), *value)) recordings.push_back(std::move(*recording));
    }
    return recordings;
}

int Report::matched() const {
    return static_cast<int>(
        std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.verdict == Verdict::kMatch; }));
}
int Report::concerned() const {
    return static_cast<int>(std::count_if(outcomes.begin(), outcomes.end(),
                                          [](const Outcome& o) { return o.verdict != Verdict::kNotModelled; }));
}
double Report::share() const { return concerned() == 0 ? 1.0 : double(matched()) / double(concerned()); }

void print(const Report& report, std::FILE* out) {
    std::map<std::string, int> left_out;
    int adopted = 0;
    for (const Outcome& outcome : report.outcomes) {
        if (outcome.verdict == Verdict::kNotModelled) ++left_out[outcome.detail];
        if (outcome.adopted) ++adopted;
        if (outcome.verdict != Verdict::kMismatch) continue;
        fmt::print(out, "{} {}: {}\n    {}\n", report.peer, outcome.file,
                   outcome.explanation.empty() ? "UNEXPLAINED" : outcome.explanation, outcome.detail);
    }
    for (const auto& [reason, count] : left_out)
        fmt::print(out, "{}: {} not modelled: {}\n", report.peer, count, reason);
    if (adopted > 0) {
        fmt::print(out, "{}: {} needed records that no replayed request creates; stand-ins were made first\n",
                   report.peer, adopted);
    }
    fmt::print(out, "{}: {}/{}\n", report.peer, report.matched(), report.concerned());
}

std::optional<std::string> difference(const json::Value& recorded, const json::Value& answered, const Rule& rule) {
    return Comparer(rule).compare(recorded, answered, "");
}

std::string_view form_of(std::string_view text) {
    if (text.empty()) return "empty";
    if (looks_like(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") && text.size() == 36) return "uuid";
    if (looks_like(text, "9999-99-99T99:99:99") || looks_like(text, "9999-99-99 99:99:99")) return "instant";
    if (looks_like(text, "9999-99-99") && text.size() == 10) return "date";
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return "number";
    return "text";
}

void Bindings::bind(const std::string& kind, const std::string& recorded, const std::string& simulated) {
    by_kind_[kind].emplace(recorded, simulated);
}

std::optional<std::string> Bindings::find(const std::string& kind, const std::string& recorded) const {
    const auto& names = all(kind);
    const auto it = names.find(recorded);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

const std::map<std::string, std::string>& Bindings::all(const std::string& kind) const {
    static const std::map<std::string, std::string> kNone;
    const auto it = by_kind_.find(kind);
    return it == by_kind_.end() ? kNone : it->second;
}

std::string Bindings::rewrite(const std::string& kind, std::string text) const {
    // Through place holders, so that a simulated name which equals another recorded one is not replaced twice.
    std::vector<std::string> replacements;
    for (const auto& [recorded, simulated] : all(kind)) {
        for (std::size_t at = 0; (at = text.find(recorded, at)) != std::string::npos;) {
            const std::string holder = fmt::format("\x01{}\x02", replacements.size());
            text.replace(at, recorded.size(), holder);
            replacements.push_back(simulated);
            at += holder.size();
        }
    }
    for (std::size_t i = 0; i < replacements.size(); ++i) {
        const std::string holder = fmt::format("\x01{}\x02", i);
        text.replace(text.find(holder), holder.size(), replacements[i]);
    }
    return text;
}

}  // namespace syncline::conformance
