// One simulated database: its rows, who may call, and calls as transactions. Not thread safe: OdooServer holds the
// lock.
#pragma once

#include <functional>
#include <set>

#include "base/clock.hpp"
#include "sim/odoo/detail/env.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::sim::odoo_detail {

// What goes wrong on purpose.
struct Planted {
    std::set<std::pair<std::string, std::string>, std::less<>> failing_fields;  // model, field: reading it is an error
    int html_calls = 0;                                                         // so many more are answered with a page
    int html_status = 502;
};

class Database {
public:
    Database(OdooOptions settings, Clock& clock);

    const OdooOptions options;
    Registry schema;  // changed by nothing but planted upgrades
    const Registry& registry = schema;
    Planted planted;

    // Runs the body in one transaction: kept when it returns, undone when it throws.
    json::Value transaction(std::int64_t uid, const json::Value* context, const std::function<json::Value(Env&)>& body);
    // Binds the arguments and runs a method; throws Failure. Checks the context's language and companies.
    // Answers JSON text.
    std::string call(const std::string& model, const std::string& method, std::int64_t uid, json::Object arguments);
    // The user behind a login and password or API key; 0 for none.
    std::int64_t authenticate(std::string_view login, std::string_view secret) const;
    bool accepts(std::int64_t uid, std::string_view secret) const;
    Time now() const { return clock_.now(); }

    Store& store() { return store_; }
    const Store& store() const { return store_; }

    // From now on each transaction that changes a record of these models leaves a row in the outbox.
    void watch(const std::vector<std::string>& models);
    std::vector<OdooChange>& outbox() { return outbox_; }

    struct Snapshot {
        Store::Snapshot store;
        std::vector<OdooChange> outbox;
    };
    Snapshot snapshot() const { return {store_.snapshot(), outbox_}; }
    void restore(const Snapshot& snapshot);

private:
    void check_fields(const std::string& model, const json::Object& arguments) const;
    void note_changes(std::int64_t uid, Time at);

    Clock& clock_;
    Store store_;
    std::vector<const Model*> watched_;
    std::vector<OdooChange> outbox_;
};

// The records of a fresh database.
void create_base_data(Env& env);

}  // namespace syncline::sim::odoo_detail
