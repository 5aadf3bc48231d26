// A client of one Plane workspace (API v1, Community Edition 1.0 and later, Cloud). Records travel as the JSON objects
// that Plane sends. Knows HTTP only through net::HttpClient. Safe from many threads.
//
// Errors: kUnauthorized = the key is dead (Plane says 403 with a text for it); kForbidden = no right here, unknown
// workspace or project; kConflict with details "id"; kRefused with details "fields" for a 400; kRateLimited only after
// the client waited as told and was refused again. 5xx is repeated once, reads and idempotent writes only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "json/json.hpp"
#include "net/http.hpp"
#include "plane/budget.hpp"
#include "vault/secret.hpp"

namespace syncline::plane {

inline constexpr int kPageSize = 100;     // what Cloud allows; Community allows 1000
inline constexpr int kPagesMax = 20'000;  // of one walk
inline constexpr int kThrottledTriesMax = 5;

struct Settings {
    std::string url;        // "https://plane.example.com", with or without /api/v1 and slashes
    std::string workspace;  // the slug
    vault::Secret key;
    std::string external_source = "odoo";  // whose external ids ours are
    BudgetSettings budget;
    int page_size = 0;  // 0: kPageSize on Cloud, 1000 on Community Edition
};

struct Capabilities {
    std::string user_id;  // who we are: the actor of our own writes
    std::string user_email;
    bool work_items_path = true;    // else the older "issues"
    bool relations = false;         // relations can be made
    bool relations_delete = false;  // and taken away
    bool custom_fields = false;
    bool api_v2 = false;
    bool community = true;
};

using net::CallCounts;  // by "METHOD what"

class Client {
public:
    Client(net::HttpClient& http, Clock& clock, Random& random, Settings settings, std::shared_ptr<Budget> budget = {});
    ~Client();

    // Key alive, workspace reachable, what this edition can do. Asked once; other calls do it first when needed.
    Result<Capabilities> probe();

    Result<std::vector<json::Object>> projects();
    Result<json::Object> create_project(const json::Object& fields);
    Result<json::Object> update_project(const std::string& project, const json::Object& fields);
    Result<void> archive_project(const std::string& project, bool archived);

    Result<std::vector<json::Object>> members();  // of the workspace: users with role
    Result<std::vector<json::Object>> project_members(const std::string& project);
    Result<void> add_project_member(const std::string& project, const std::string& user, int role = 15);

    Result<std::vector<json::Object>> states(const std::string& project);
    Result<std::vector<json::Object>> labels(const std::string& project);
    // Answers the existing label when there is one of that name.
    Result<json::Object> create_label(const std::string& project, const std::string& name, const std::string& color);

    Result<std::vector<json::Object>> cycles(const std::string& project);
    Result<json::Object> create_cycle(const std::string& project,
                                      const json::Object& fields);  // idempotent by external_id
    Result<json::Object> update_cycle(const std::string& project, const std::string& cycle, const json::Object& fields);
    Result<std::vector<std::string>> cycle_items(const std::string& project, const std::string& cycle);
    Result<void> add_to_cycle(const std::string& project, const std::string& cycle,
                              const std::vector<std::string>& items);
    Result<void> remove_from_cycle(const std::string& project, const std::string& cycle, const std::string& item);

    // Every item, each once, complete even when rows shift while the pages are read (ordered by creation, pages
    // overlap, ids de-duplicated, and read again until a pass finds the count the server states).
    Result<std::vector<json::Object>> all_items(const std::string& project);
    // Items with updated_at >= since, newest first: walks pages until older ones appear.
    Result<std::vector<json::Object>> items_since(const std::string& project, Time since);
    Result<std::optional<json::Object>> item(const std::string& project,
                                             const std::string& id);  // nothing: archived or gone
    // By external id, archived ones too. Several twins: kConflict with details "ids".
    Result<std::optional<json::Object>> find_item(const std::string& project, const std::string& external_id);
    // Never makes twins of one external_id: one creation at a time per key in this process, looked up before a repeat.
    // An item that exists already is answered as it is (`created` = false). So is one that is found after its creation
    // was answered by nobody: whether it was ours cannot be told, and the caller should compare it with what it wanted.
    // Without an external_id in `fields` a lost answer is kOutcomeUnknown and nothing is repeated.
    struct Created {
        json::Object item;
        bool created = true;
    };
    Result<Created> create_item(const std::string& project, const json::Object& fields);
    Result<json::Object> update_item(const std::string& project, const std::string& id, const json::Object& fields);
    Result<void> archive_item(const std::string& project, const std::string& id, bool archived);

    // The ids of the items that block this one / by relation type.
    Result<std::map<std::string, std::vector<std::string>>> relations(const std::string& project,
                                                                      const std::string& id);
    Result<void> add_relations(const std::string& project, const std::string& id, const std::string& type,
                               const std::vector<std::string>& items);
    Result<void> remove_relation(const std::string& project, const std::string& id,
                                 const std::string& item);  // kUnsupported on CE

    Result<json::Object> create_comment(const std::string& project, const std::string& item, const std::string& html,
                                        const std::string& external_id);  // idempotent
    Result<std::vector<json::Object>> activities(const std::string& project, const std::string& item);

    // Calls made from this thread from now on wait in this lane. Default kInteractive.
    void use_lane(Lane lane);
    // Calls made from this thread from now on carry this name (net/correlation.hpp); "" = none.
    void correlate(std::string id);
    Micros clock_skew() const;
    CallCounts calls() const;
    int budget_available() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace syncline::plane
