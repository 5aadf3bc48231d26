// A simulated Plane Community Edition 1.3: API v1 with the quirks a connector can notice. Deterministic under a seed
// and a clock. Thread safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::sim {

struct PlaneOptions {
    std::string workspace = "acme";
    std::string key = "plane_api_0123456789abcdef0123456789abcdef";  // of the workspace admin
    std::uint64_t seed = 1;
    int calls_per_minute = 0;     // 0: unthrottled; the real default is 60
    bool work_items_path = true;  // false: an older server that has only "issues"
    bool relations = true;        // false: before 1.3.0
    // What becomes of HTML on the way in; empty: Plane's own sanitiser. For adversarial tests.
    std::function<std::string(std::string_view)> sanitizer;
};

struct PlaneUser {
    std::string email;
    std::string first_name;
    std::string last_name;
    int role = 15;  // 20 admin, 15 member, 5 guest
};

// One webhook delivery as the server would send it: the body and its headers.
struct PlaneDelivery {
    std::string event;
    std::string action;
    net::Headers headers;
    std::string body;
};

class PlaneServer {
public:
    PlaneServer(PlaneOptions options, Clock& clock);
    ~PlaneServer();
    net::HttpResponse handle(const net::HttpRequest& request);
    net::Handler handler();

    std::string add_user(const PlaneUser& user);                      // to the workspace; answers the id
    std::string admin() const;                                        // the id of the user whose key the options hold
    std::string add_key(const std::string& user);                     // a new API key of that user
    void drop_key(const std::string& key);                            // it expired or was revoked: 403 from now on
    void set_zone(const std::string& user, const std::string& zone);  // in which that user's key sees instants

    // What a person does in Plane's own web app (deletes and relation removal included), without HTTP.
    // `as` is a user id ("" = the admin). Abort on a bad call (a test's mistake).
    void edit_item(const std::string& item, const json::Object& fields, const std::string& as = {});
    std::string add_item(const std::string& project, const json::Object& fields, const std::string& as = {});
    void delete_item(const std::string& item);
    void archive_item(const std::string& item, bool archived);
    void remove_relation(const std::string& item, const std::string& blocker);
    // What a race does: another item with the same external pair (the real server checks and then inserts, unlocked).
    // Answers the twin's id.
    std::string force_twin(const std::string& item);
    json::Object item(const std::string& id) const;  // as the API shows it, with "cycle" and "blocked_by" added;
                                                     // {} when it does not exist (archived ones are shown)
    std::vector<std::string> items(const std::string& project) const;  // living ones, by creation
    // Any living record as it is stored: instants in microseconds; {} when there is none. `kind` as for adopt().
    json::Object read(const std::string& kind, const std::string& id) const;
    // The ids of a project's living records of a kind, by creation; of users, with "".
    std::vector<std::string> ids(const std::string& kind, const std::string& project) const;
    std::vector<json::Object> projects() const;
    std::vector<json::Object> comments(const std::string& item) const;
    std::string state_id(const std::string& project, const std::string& name) const;

    // Webhooks: every delivery that CE would send, in a queue that tests and `ingress` drain.
    std::vector<PlaneDelivery> take_deliveries();
    void set_webhook_secret(std::string secret);
    void set_sanitizer(std::function<std::string(std::string_view)> sanitizer);  // from now on; see PlaneOptions

    // Everything it knows, to come back to. Opaque.
    std::shared_ptr<const void> snapshot() const;
    void restore(const std::shared_ptr<const void>& snapshot);

    // A record that was seen on a real server, put in as it was shown, or laid over the one with that id.
    // `kind`: "user", "project", "member", "state", "label", "cycle", "module", "item", "comment", "link", "activity",
    // "attachment", "cycle_item", "module_item", "relation"; besides "workspace" {"id"} and "sequence" {"id" of a
    // project, "next", "state", "sort_order"}: what the next work item there gets.
    // False for another word or a record without an id.
    bool adopt(const std::string& kind, const json::Object& record);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace syncline::sim
