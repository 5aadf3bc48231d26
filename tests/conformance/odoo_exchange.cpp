#include "odoo_exchange.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncline::conformance {
namespace {

// The parameters in the order in which JSON-RPC gives them.
std::vector<std::string> parameters(const std::string& method) {
    if (method == "create") return {"vals_list"};
    if (method == "write") return {"ids", "vals"};
    if (method == "read") return {"ids", "fields", "load"};
    if (method == "search" || method == "search_count") return {"domain", "offset", "limit", "order"};
    if (method == "search_read") return {"domain", "fields", "offset", "limit", "order"};
    if (method == "fields_get") return {"allfields", "attributes"};
    if (method == "name_search") return {"name", "domain", "operator", "limit"};
    if (method == "load") return {"fields", "data"};
    return {"ids", "argument2", "argument3"};
}

void read_rpc(const Recording& recording, Exchange& exchange) {
    const json::Value* params = json::find(recording.request_body, "params");
    if (params == nullptr || json::text_or(*params, "service") != "object") return;
    const json::Value* args = json::find(*params, "args");
    if (args == nullptr || !args->is_array() || args->get_array().size() < 5) return;
    const json::Array& list = args->get_array();
    exchange.kind = Exchange::kJsonRpc;
    exchange.model = list[3].is_string() ? list[3].get_string().c_str() : "";
    exchange.method = list[4].is_string() ? list[4].get_string().c_str() : "";
    const bool spread = json::text_or(*params, "method") == "execute";
    json::Array positional;
    if (spread) {
        for (std::size_t i = 5; i < list.size(); ++i) positional.push_back(list[i]);
    } else if (list.size() > 5 && list[5].is_array()) {
        positional = list[5].get_array();
    }
    const std::vector<std::string> names = parameters(exchange.method);
    for (std::size_t i = 0; i < positional.size() && i < names.size(); ++i) {
        exchange.positional.push_back(names[i]);
        exchange.arguments[names[i]] = positional[i];
    }
    if (!spread && list.size() > 6 && list[6].is_object()) {
        for (const auto& [name, value] : list[6].get_object()) exchange.arguments[name] = value;
    }
    const json::Value* result = json::find(recording.body, "result");
    if (result != nullptr) exchange.result = *result;
    const json::Value* error = json::find(recording.body, "error");
    exchange.failed = error != nullptr;
    const json::Value* data = error == nullptr ? nullptr : json::find(*error, "data");
    if (data != nullptr) exchange.failure_name = json::text_or(*data, "name");
}

json::Value each_id(const json::Value& value, const std::string& model, const IdVisitor& visit) {
    if (value.is_int64() && value.get_int64() != 0) return visit(model, value.get_int64());
    if (!value.is_array()) return value;
    json::Array out;
    for (const json::Value& item : value.get_array()) out.push_back(each_id(item, model, visit));
    return out;
}

class Walker {
public:
    Walker(const Registry& registry, const IdVisitor& visit) : registry_(registry), visit_(visit) {}

    json::Object values(const Model& model, const json::Object& given) {
        json::Object out;
        const std::string owner = polymorphic_owner(given);
        for (const auto& [name, value] : given) {
            const Field* field = model.find(name);
            if (field == nullptr) {
                out[name] = value;
            } else if (field->x2many()) {
                out[name] = commands(*field, value);
            } else if (!field->relation.empty()) {
                out[name] = each_id(value, field->relation, visit_);
            } else if (name == "res_id" && !owner.empty()) {
                out[name] = each_id(value, owner, visit_);
            } else {
                out[name] = value;
            }
        }
        return out;
    }

    json::Value domain(const Model& model, const json::Value& given, bool own_id) {
        if (!given.is_array()) return given;
        json::Array out;
        for (const json::Value& term : given.get_array()) out.push_back(condition(model, term, own_id));
        return out;
    }

private:
    // Messages and activities name their record by model and id; the only such model in the recordings is the task.
    static std::string polymorphic_owner(const json::Object& given) {
        return given.contains("res_id") && (given.contains("res_model_id") || given.contains("res_model"))
                   ? "project.task"
                   : "";
    }

    json::Value commands(const Field& field, const json::Value& value) {
        if (!value.is_array()) return value;
        json::Array out;
        for (const json::Value& item : value.get_array()) {
            if (!item.is_array()) {
                out.push_back(each_id(item, field.relation, visit_));
                continue;
            }
            json::Array command = item.get_array();
            const std::int64_t code = command.empty() || !command[0].is_int64() ? -1 : command[0].get_int64();
            if (code >= 1 && code <= 4 && command.size() > 1) command[1] = each_id(command[1], field.relation, visit_);
            if (code == 6 && command.size() > 2) command[2] = each_id(command[2], field.relation, visit_);
            const Model* other = registry_.find(field.relation);
            if (code <= 1 && other != nullptr && command.size() > 2 && command[2].is_object()) {
                command[2] = values(*other, command[2].get_object());
            }
            out.push_back(std::move(command));
        }
        return out;
    }

    json::Value condition(const Model& model, const json::Value& term, bool own_id) {
        if (!term.is_array() || term.get_array().size() != 3 || !term.at(0).is_string()) return term;
        json::Array triple = term.get_array();
        const Model* at = &model;
        const Field* field = nullptr;
        for (const std::string& step : split(triple[0].get_string(), '.')) {
            field = at == nullptr ? nullptr : at->find(step);
            if (field == nullptr) return term;
            if (!field->relation.empty()) at = registry_.find(field->relation);
        }
        const bool comparing = triple[1] == "<" || triple[1] == ">" || triple[1] == "<=" || triple[1] == ">=";
        if (comparing) return term;
        if (triple[0] == "id") {
            if (own_id) triple[2] = each_id(triple[2], model.name, visit_);
        } else if (!field->relation.empty()) {
            triple[2] = each_id(triple[2], field->relation, visit_);
        } else if (triple[0] == "res_id") {
            triple[2] = each_id(triple[2], "project.task", visit_);
        }
        return triple;
    }

    const Registry& registry_;
    const IdVisitor& visit_;
};

}  // namespace

Exchange read_exchange(const Recording& recording) {
    Exchange exchange;
    const std::vector<std::string> parts = split(recording.request.url.substr(0, recording.request.url.find('?')), '/');
    if (parts.size() == 5 && parts[1] == "json" && parts[2] == "2" && recording.request.method == "POST") {
        exchange.kind = Exchange::kJson2;
        exchange.model = parts[3];
        exchange.method = parts[4];
        if (recording.request_body.is_object()) exchange.arguments = recording.request_body.get_object();
        exchange.failed = recording.status >= 400;
        if (!exchange.failed) exchange.result = recording.body;
        exchange.failure_name = json::text_or(recording.body, "name");
    } else if (parts.size() == 2 && parts[1] == "jsonrpc") {
        read_rpc(recording, exchange);
    }
    return exchange;
}

net::HttpRequest build_request(const Recording& recording, const Exchange& exchange, const json::Object& arguments,
                               const std::string& database, const std::string& key) {
    net::HttpRequest request = recording.request;
    if (request.headers.get("Authorization").find("<APIKEY>") != std::string_view::npos) {
        request.headers.set("Authorization", "bearer " + key);
    }
    (void)database;
    if (exchange.kind == Exchange::kJson2 && recording.request_body.is_object()) {
        request.body = boost::json::serialize(arguments);
    } else if (recording.request_body.is_object() && recording.request.url.starts_with("/jsonrpc")) {
        json::Value body = recording.request_body;
        json::Value* args = body.as_object()["params"].as_object()["args"].if_array() != nullptr
                                ? &body.as_object()["params"].as_object()["args"]
                                : nullptr;
        if (args == nullptr) return request;
        json::Array& list = args->get_array();
        for (json::Value& item : list) {
            if (item == "<APIKEY>") item = key;
        }
        if (exchange.kind == Exchange::kJsonRpc && body.at("params").at("method") == "execute_kw" && list.size() > 5) {
            for (std::size_t i = 0; i < exchange.positional.size(); ++i) {
                list[5].as_array()[i] = arguments.at(exchange.positional[i]);
            }
            if (list.size() > 6 && list[6].is_object()) {
                for (auto& [name, value] : list[6].get_object()) value = arguments.at(name);
            }
        }
        request.body = boost::json::serialize(body);
    }
    return request;
}

json::Object walk_arguments(const Registry& registry, const Exchange& exchange, const WalkParts& parts,
                            const IdVisitor& visit) {
    const Model* model = registry.find(exchange.model);
    if (model == nullptr) return exchange.arguments;
    Walker walker(registry, visit);
    json::Object out;
    for (const auto& [name, value] : exchange.arguments) {
        if (name == "ids" && parts.ids) {
            out[name] = each_id(value, model->name, visit);
        } else if (name == "domain" && parts.domain) {
            out[name] = walker.domain(*model, value, parts.domain_id);
        } else if ((name == "vals" || name == "default" || name == "vals_list") && parts.values && value.is_object()) {
            out[name] = walker.values(*model, value.get_object());
        } else if (name == "vals_list" && parts.values && value.is_array()) {
            json::Array list;
            for (const json::Value& item : value.get_array()) {
                list.push_back(item.is_object() ? json::Value(walker.values(*model, item.get_object())) : item);
            }
            out[name] = std::move(list);
        } else if (name == "user_id" && parts.values) {
            out[name] = each_id(value, "res.users", visit);
        } else {
            out[name] = value;
        }
    }
    return out;
}

bool orders_ids(const json::Value* domain) {
    if (domain == nullptr || !domain->is_array()) return false;
    for (const json::Value& term : domain->get_array()) {
        const bool triple =
            term.is_array() && term.get_array().size() == 3 && term.at(0) == "id" && term.at(1).is_string();
        if (triple && term.at(1).as_string().find_first_of("<>") != std::string::npos) return true;
    }
    return false;
}

bool closed_domain(const json::Value* domain) {
    if (domain == nullptr || !domain->is_array()) return false;
    for (const json::Value& term : domain->get_array()) {
        if (term.is_string()) return false;  // operators: not worth following
        if (term.is_array() && term.get_array().size() == 3 && term.at(0) == "id" &&
            (term.at(1) == "=" || term.at(1) == "in")) {
            return true;
        }
    }
    return false;
}

std::int64_t pair_id(const json::Value& value) {
    if (value.is_int64()) return value.get_int64();
    const bool pair =
        value.is_array() && value.get_array().size() == 2 && value.at(0).is_int64() && !value.at(1).is_int64();
    return pair ? value.at(0).get_int64() : 0;
}

std::vector<std::int64_t> result_ids(const json::Value& result) {
    const json::Value* list = &result;
    if (result.is_object() && result.get_object().contains("ids")) list = &result.at("ids");
    std::vector<std::int64_t> ids;
    if (list->is_int64()) ids.push_back(list->get_int64());
    if (!list->is_array()) return ids;
    for (const json::Value& item : list->get_array()) {
        if (item.is_int64()) ids.push_back(item.get_int64());
    }
    return ids;
}

}  // namespace syncline::conformance
