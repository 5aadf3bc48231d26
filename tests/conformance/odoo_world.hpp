// The simulated Odoo of a replay and what it has in common with the recorded one: which recorded id is which simulated
// one, and stand-ins for records that the recordings presuppose.
#pragma once

#include <set>

#include "odoo_exchange.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::conformance {

class OdooWorld {
public:
    // `recordings` in the order of replay: each row that any answer shows is remembered for stand-ins.
    OdooWorld(const std::vector<Recording>& recordings, const std::string& database);

    const Registry& registry() const { return registry_; }
    net::HttpResponse send(const net::HttpRequest& request) { return server_.handle(request); }
    void set_time(const net::Headers& recorded);  // the clock follows the recorded Date
    const std::string& key() const { return key_; }

    // What must exist before this exchange. Answers whether stand-ins were made.
    bool prepare(const Exchange& exchange);
    // The arguments with simulated ids.
    json::Object to_simulated(const Exchange& exchange) const;
    // Learns from an answer, then spells the recorded result with simulated ids.
    void learn(const Exchange& exchange, const json::Value& answered);
    json::Value expected(const Exchange& exchange) const;
    // A message that names record ids, in simulated ones.
    std::string expected_text(const std::string& model, std::string text) const;

    bool bound(const std::string& model, std::int64_t recorded) const { return map_of(model).contains(recorded); }
    std::int64_t simulated(const std::string& model, std::int64_t recorded) const;  // itself when unknown
    bool is_image(const std::string& model, std::int64_t simulated) const;          // of some recorded id
    bool stand_in(const std::string& model, std::int64_t simulated) const;
    // Whether records of the model come about by themselves, so that those of an unreplayed past cannot be there.
    static bool made_by_server(std::string_view model);
    bool has_stand_ins(const std::string& model) const;
    // A row that the server made by itself and that was matched by its place only.
    bool aligned(const std::string& model, std::int64_t simulated) const;

    // Rows of a read, search_read and the like; nullptr for other methods.
    static const json::Array* rows_of(const Exchange& exchange, const json::Value& result);

private:
    using Map = std::map<std::int64_t, std::int64_t>;
    const Map& map_of(const std::string& model) const;
    void bind(const std::string& model, std::int64_t recorded, std::int64_t simulated);
    void remember_rows(const Recording& recording);
    void note_name(const std::string& model, std::int64_t id, const std::string& name);
    bool need(const std::string& model, std::int64_t recorded);
    bool find_existing(const Model& model, std::int64_t recorded);
    bool adopt(const Model& model, std::int64_t recorded);
    std::int64_t create(const std::string& model, const json::Object& values);  // 0 when it is refused
    json::Value call(const std::string& model, const std::string& method, json::Object arguments);  // null when refused
    void attach_activity(json::Object& values, std::int64_t recorded);
    bool adopt_nested(const Model& model, const json::Array& rows);
    bool give_external_ids(const Exchange& exchange);
    json::Object stand_in_values(const Model& model, std::int64_t recorded);
    void learn_rows(const Model& model, const json::Array& recorded, const json::Array& answered);
    json::Object expected_row(const Model& model, const json::Object& row) const;
    json::Value expected_plain(const Model& model, const json::Object& row, const std::string& name,
                               const json::Value& value) const;

    std::string key_ = "0123456789abcdef0123456789abcdef01234567";
    VirtualClock clock_;
    Registry registry_{false, sim::OdooOptions{}.modules};  // as the server: with the trade modules
    sim::OdooServer server_;
    std::map<std::string, Map> bindings_;
    std::map<std::string, std::map<std::int64_t, json::Object>> rows_;  // recorded rows, by model and recorded id
    std::map<std::string, std::map<std::int64_t, std::string>> names_;  // recorded display names
    std::map<std::string, std::map<std::int64_t, std::string>> seeds_;  // what the fresh simulator holds: display names
    std::map<std::string, std::set<std::int64_t>> stand_ins_;           // by simulated id
    std::map<std::string, std::set<std::int64_t>> aligned_;             // by simulated id
};

}  // namespace syncline::conformance
