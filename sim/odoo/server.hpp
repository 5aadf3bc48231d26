// A simulated Odoo 19 (and, over /jsonrpc, the older protocol): the models of the delivery job with the behaviour a
// connector can notice. Deterministic under a seed and a clock. Thread safe.
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

namespace odoo_detail {
class Env;
}

struct OdooOptions {
    std::string database = "demo";
    std::string key = "0123456789abcdef0123456789abcdef01234567";  // the one API key that works (user 2, admin)
    // "18.0" and older speak /jsonrpc only; their models are those of 19 here.
    std::string version = "19.0";
    std::uint64_t seed = 1;
    bool ppm_addon = true;  // the fields and models of addons/ipai_ppm are installed
    // The trade modules that are installed; the models of others do not exist. There is "loyalty" too.
    std::vector<std::string> modules = {"product", "account", "payment", "stock", "sale", "delivery"};
};

// A row of the outbox that an addon keeps in the transaction of the change.
struct OdooChange {
    std::string model;
    std::int64_t id = 0;
    std::string operation;            // create, write, unlink
    std::vector<std::string> fields;  // those that hold another value now, sorted
    std::int64_t uid = 0;
    Time at{};  // of the transaction
};

class OdooServer {
public:
    OdooServer(OdooOptions options, Clock& clock);
    ~OdooServer();
    net::HttpResponse handle(const net::HttpRequest& request);
    net::Handler handler();

    // What a person does in Odoo's own screens, without HTTP. Answers the ids, aborts on a bad call (a test's mistake).
    std::vector<std::int64_t> create(const std::string& model, const json::Array& values_list);
    void write(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values);
    void unlink(const std::string& model, const std::vector<std::int64_t>& ids);
    // The same where Odoo may refuse: "" when it was done, else what the person is told.
    std::string try_write(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values);
    std::string try_unlink(const std::string& model, const std::vector<std::int64_t>& ids);
    json::Object read(const std::string& model, std::int64_t id) const;  // every field; {} when it does not exist
    // These fields only, many2one as plain ids.
    json::Object read(const std::string& model, std::int64_t id, const std::vector<std::string>& fields) const;
    std::vector<std::int64_t> ids(const std::string& model) const;  // archived ones too
    bool has_ppm_addon() const;

    // Below the ORM, for what fills the database in bulk.
    void below(const std::function<void(odoo_detail::Env&)>& body);

    // From now on the changes of these models are kept, as an addon would keep them, until they are taken.
    void watch(const std::vector<std::string>& models);
    std::vector<OdooChange> take_changes();

    // What a mirror has to live with; each is explained in README.md.
    void fail_field(const std::string& model, const std::string& field);  // reading it by name is a 500
    void answer_html(int calls, int status = 502);                        // so many calls get a page instead of JSON
    void heal();                                                          // both are over
    // Told before each call on a model, without the lock: it may write, archive, unlink. Empty: nobody.
    using BeforeCall = std::function<void(const std::string& model, const std::string& method)>;
    void before_call(BeforeCall hook);
    // Appears now with the write_date of `began`: what a slow transaction leaves.
    std::int64_t commit_late(const std::string& model, const json::Object& values, Time began);
    void touch(const std::string& model, const std::vector<std::int64_t>& ids, Time at);  // one write_date for all
    // As the database itself does it: no write_date moves, no rule runs, nobody is told.
    void overwrite(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values);
    void erase(const std::string& model, const std::vector<std::int64_t>& ids);
    // An upgrade. `line` as in the tables of fields: "name|type|flags|label|…". A retyped field loses its values.
    // Snapshots do not bring fields back.
    void drop_field(const std::string& model, const std::string& field);
    void add_field(const std::string& model, const std::string& line);
    void retype_field(const std::string& model, const std::string& line);

    // Everything it knows, to come back to. Opaque, and cheap.
    std::shared_ptr<const void> snapshot() const;
    void restore(const std::shared_ptr<const void>& snapshot);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A believable company: projects with stages, milestones, users, tags, tasks in trees with dependencies.
// Everything follows from the seed. `tasks` are spread over `projects`.
struct CompanySize {
    int projects = 3;
    int milestones = 8;
    int tasks = 120;
};
void fill_company(OdooServer& odoo, std::uint64_t seed, CompanySize size = {});

}  // namespace syncline::sim
