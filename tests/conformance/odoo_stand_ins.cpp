// Records that a recording presupposes and no replayed request makes: found in the fresh database, or made from what
// the recordings show of them.
#include <fmt/format.h>

#include <algorithm>

#include "odoo_world.hpp"

namespace syncline::conformance {

// A record of the fresh database under the same id, or (for what the server makes itself) under the same name.
bool OdooWorld::find_existing(const Model& model, std::int64_t recorded) {
    const auto& seeds = seeds_[model.name];
    std::string name;
    if (const auto known = names_[model.name].find(recorded); known != names_[model.name].end()) name = known->second;
    if (name.empty() && rows_[model.name].contains(recorded)) {
        const json::Value row(rows_[model.name][recorded]);
        name = json::text_or(row, "display_name", json::text_or(row, model.rec_name));
    }
    const auto same = seeds.find(recorded);
    if (same != seeds.end() && (name.empty() || same->second == name)) {
        bind(model.name, recorded, recorded);
        return true;
    }
    // Made by a replayed command inside another record's values, whose answer named no id.
    for (const std::int64_t id : server_.ids(model.name)) {
        if (name.empty() || seeds.contains(id) || is_image(model.name, id)) continue;
        if (json::text_or(server_.read(model.name, id), "display_name") != name) continue;
        bind(model.name, recorded, id);
        return true;
    }
    if (!made_by_server(model.name)) return false;
    // Activities and messages of the recordings hang on tasks.
    if (model.name == "ir.model" && name.empty()) name = registry_.at("project.task").label;
    for (const auto& [id, seed_name] : seeds) {
        if (!name.empty() && seed_name == name) {
            bind(model.name, recorded, id);
            return true;
        }
    }
    return false;
}

bool OdooWorld::need(const std::string& model_name, std::int64_t recorded) {
    const Model* model = registry_.find(model_name);
    if (model == nullptr || recorded <= 0 || bound(model_name, recorded)) return false;
    if (find_existing(*model, recorded) || made_by_server(model_name)) return false;
    return adopt(*model, recorded);
}

json::Object OdooWorld::stand_in_values(const Model& model, std::int64_t recorded) {
    json::Object values;
    const json::Object row = rows_[model.name].contains(recorded) ? rows_[model.name][recorded] : json::Object{};
    for (const auto& [name, value] : row) {
        const Field* field = model.find(name);
        const bool own = field != nullptr && name != "id" && name != "display_name" && field->compute == nullptr &&
                         (field->stored || !field->related.empty()) && field->type != sim::odoo_detail::Type::kOne2many;
        if (!own || name.starts_with("create_") || name.starts_with("write_")) continue;
        if (model.name == "res.users" && name == "partner_id") continue;  // a user brings his own
        if (field->relation.empty()) {
            values[name] = value;
        } else if (registry_.find(field->relation) == nullptr) {
            continue;
        } else if (field->x2many()) {
            json::Array others;
            for (const json::Value& other : value.is_array() ? value.get_array() : json::Array{}) {
                if (!other.is_int64()) continue;
                need(field->relation, other.get_int64());
                others.push_back(simulated(field->relation, other.get_int64()));
            }
            values[name] = std::move(others);
        } else if (const std::int64_t other = pair_id(value); other != 0) {
            need(field->relation, other);
            if (bound(field->relation, other)) values[name] = simulated(field->relation, other);
        } else {
            values[name] = false;
        }
    }
    const json::Value* partner = model.name == "res.users" ? row.if_contains("partner_id") : nullptr;
    if (partner != nullptr && !row.contains("name") && pair_id(*partner) != 0) values["name"] = partner->at(1);
    const bool nameless = !values.contains("name") || values["name"].is_bool();
    if (model.find("name") != nullptr && nameless) {
        const auto known = names_[model.name].find(recorded);
        values["name"] = known != names_[model.name].end() ? known->second : fmt::format("Stand-in {}", recorded);
    }
    for (const Field& field : model.fields) {
        if (field.required && field.text() && field.related.empty() && !values.contains(field.name)) {
            values[field.name] = fmt::format("Stand-in {}", recorded);
        }
    }
    if (model.name == "res.users" && !row.contains("login")) values["login"] = fmt::format("stand-in-{}", recorded);
    if (model.name == "project.task" && !values.contains("user_ids")) values["user_ids"] = json::Array{};
    return values;
}

std::int64_t OdooWorld::create(const std::string& model, const json::Object& values) {
    const json::Value answer = call(model, "create", {{"vals_list", json::Array{values}}});
    const std::vector<std::int64_t> ids = result_ids(answer);
    return ids.empty() ? 0 : ids.front();
}

json::Value OdooWorld::call(const std::string& model, const std::string& method, json::Object arguments) {
    arguments["context"] = json::Object{{"tracking_disable", true}};
    net::HttpRequest request;
    request.method = "POST";
    request.url = "/json/2/" + model + "/" + method;
    request.headers = {{"Authorization", "bearer " + key_}, {"Content-Type", "application/json"}};
    request.body = boost::json::serialize(arguments);
    const net::HttpResponse response = server_.handle(request);
    auto body = json::parse(response.body);
    return response.status == 200 && body ? std::move(*body) : json::Value();
}

// An activity hangs on a record; what its row does not tell is taken to be a task.
void OdooWorld::attach_activity(json::Object& values, std::int64_t recorded) {
    const json::Value row(rows_["mail.activity"][recorded]);
    const std::string owner(json::text_or(row, "res_model", "project.task"));
    const std::int64_t target = json::integer_or(row, "res_id");
    for (const auto& [id, name] : seeds_["ir.model"]) {
        if (json::text_or(server_.read("ir.model", id), "model") == owner) values["res_model_id"] = id;
    }
    need(owner, target);
    values["res_id"] = bound(owner, target) ? simulated(owner, target) : create("project.task", {{"name", "Stand-in"}});
    values.erase("res_model");
}

bool OdooWorld::adopt(const Model& model, std::int64_t recorded) {
    // Bound to nothing for the moment, so that records which show each other do not go round in circles.
    bind(model.name, recorded, -recorded);
    json::Object values = stand_in_values(model, recorded);
    for (auto it = values.begin(); it != values.end();) {
        const Field* field = model.find(it->key());
        const bool unfinished = it->value().is_int64() && it->value().get_int64() < 0 && !field->relation.empty();
        it = unfinished ? values.erase(it) : it + 1;
    }
    for (auto& [name, value] : values) {
        if (!model.find(name)->x2many()) continue;
        json::Array whole;
        for (const json::Value& other : value.as_array()) {
            if (other.as_int64() > 0) whole.push_back(other);
        }
        value = std::move(whole);
    }
    if (model.name == "project.milestone" && !values.contains("project_id")) {
        values["project_id"] = create("project.project", {{"name", "Stand-in"}});
    }
    if (model.name == "mail.activity") attach_activity(values, recorded);
    const json::Object& row = rows_[model.name][recorded];
    if (const auto written = parse_time(json::text_or(row, "write_date")); written)
        clock_.advance(*written - clock_.now());
    std::int64_t id = create(model.name, values);
    // What the recordings show may not be what can be written: then only what must be there.
    if (id == 0 && values.contains("name")) id = create(model.name, {{"name", values["name"]}});
    if (id == 0) {
        bindings_[model.name].erase(recorded);
        return false;
    }
    bindings_[model.name][recorded] = id;
    stand_ins_[model.name].insert(id);
    if (const json::Value* partner = row.if_contains("partner_id"); partner != nullptr && model.name == "res.users") {
        bind("res.partner", pair_id(*partner), pair_id(server_.read("res.users", id).at("partner_id")));
    }
    return true;
}

// The members of a one2many that an answer shows in full.
bool OdooWorld::adopt_nested(const Model& model, const json::Array& rows) {
    bool adopted = false;
    for (const json::Value& row : rows) {
        for (const auto& [name, value] : row.as_object()) {
            const Field* field = model.find(name);
            if (field == nullptr || field->type != sim::odoo_detail::Type::kOne2many || !value.is_array()) continue;
            for (const json::Value& member : value.get_array()) {
                if (!member.is_object() || registry_.find(field->relation) == nullptr) continue;
                const std::int64_t id = json::integer_or(member, "id");
                if (bound(field->relation, id)) continue;
                json::Object& known = rows_[field->relation][id];
                for (const auto& [key, item] : member.get_object()) {
                    if (!known.contains(key)) known[key] = item;
                }
                if (!need(field->relation, id)) continue;
                call(field->relation, "write",
                     {{"ids", json::Array{simulated(field->relation, id)}},
                      {"vals", json::Object{{field->inverse, simulated(model.name, json::integer_or(row, "id"))}}}});
                adopted = true;
            }
        }
    }
    return adopted;
}

// External ids that an export gave, where no recorded export does.
bool OdooWorld::give_external_ids(const Exchange& exchange) {
    if (exchange.method != "get_metadata" || !exchange.result.is_array()) return false;
    bool given = false;
    for (const json::Value& row : exchange.result.get_array()) {
        if (!json::text_or(row, "xmlid").starts_with("__export__.")) continue;
        call(exchange.model, "export_data",
             {{"ids", json::Array{simulated(exchange.model, json::integer_or(row, "id"))}},
              {"fields_to_export", json::Array{"id"}}});
        given = true;
    }
    return given;
}

bool OdooWorld::prepare(const Exchange& exchange) {
    const Model* model = registry_.find(exchange.model);
    if (model == nullptr) return false;
    bool adopted = false;
    const Time now = clock_.now();
    const json::Array* rows = exchange.failed ? nullptr : rows_of(exchange, exchange.result);
    const bool searches = exchange.method == "search";
    // A refusal that does not look at the records says nothing of their being there.
    const bool missing = exchange.failure_name == "odoo.exceptions.MissingError" ||
                         exchange.failure_name == "odoo.exceptions.AccessError" ||
                         exchange.failure_name.ends_with("NotFound");
    const IdVisitor visit = [&](const std::string& name, std::int64_t id) {
        adopted = need(name, id) || adopted;
        return id;
    };
    WalkParts parts;
    parts.domain_id = false;
    parts.ids = rows == nullptr && !missing;
    parts.values = parts.domain = !exchange.failed;
    walk_arguments(registry_, exchange, parts, visit);
    std::vector<std::int64_t> shown;
    if (rows != nullptr) {
        for (const json::Value& row : *rows) shown.push_back(json::integer_or(row, "id"));
    } else if (searches) {
        shown = result_ids(exchange.result);
    }
    // In the recorded order of their making, so that orders by id agree.
    std::sort(shown.begin(), shown.end());
    for (const std::int64_t id : shown) adopted = need(model->name, id) || adopted;
    adopted = give_external_ids(exchange) || adopted;
    if (rows != nullptr) adopted = adopt_nested(*model, *rows) || adopted;
    clock_.advance(now - clock_.now());
    return adopted;
}

}  // namespace syncline::conformance
