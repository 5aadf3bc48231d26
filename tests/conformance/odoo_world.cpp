#include "odoo_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace syncline::conformance {
namespace {

// "Sat, 21 Nov 2026 00:19:45 GMT"
std::optional<Time> parse_http_date(std::string_view text) {
    static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::vector<std::string> parts = split(text, ' ');
    if (parts.size() != 6) return std::nullopt;
    const auto month = std::find(kMonths.begin(), kMonths.end(), parts[2]);
    if (month == kMonths.end()) return std::nullopt;
    const auto time =
        parse_time(fmt::format("{}-{:02}-{} {}", parts[3], month - kMonths.begin() + 1, parts[1], parts[4]));
    return time ? std::optional(*time) : std::nullopt;
}

bool creates(const Exchange& exchange) {
    return exchange.method == "create" || exchange.method == "copy" || exchange.method == "message_post" ||
           exchange.method == "activity_schedule" || exchange.method == "name_create" || exchange.method == "load";
}

// The model whose ids the result of a creating method is.
std::string created_model(const Exchange& exchange) {
    if (exchange.method == "message_post") return "mail.message";
    if (exchange.method == "activity_schedule") return "mail.activity";
    return exchange.model;
}

}  // namespace

bool OdooWorld::made_by_server(std::string_view model) {
    return model == "ir.model" || model == "ir.model.data" || model == "mail.message" || model == "mail.activity.type";
}

OdooWorld::OdooWorld(const std::vector<Recording>& recordings, const std::string& database)
    : clock_(*parse_time("2026-11-20 00:00:00")),
      server_(
          [&] {
              sim::OdooOptions options;
              options.database = database;
              options.key = key_;
              options.ppm_addon = false;
              return options;
          }(),
          clock_) {
    for (const Model& model : registry_.models()) {
        for (const std::int64_t id : server_.ids(model.name)) {
            seeds_[model.name][id] = json::text_or(server_.read(model.name, id), "display_name");
        }
    }
    for (const Recording& recording : recordings) remember_rows(recording);
}

void OdooWorld::set_time(const net::Headers& recorded) {
    if (const auto time = parse_http_date(recorded.get("Date"))) {
        clock_.advance(*time + std::chrono::milliseconds(400) - clock_.now());
    }
}

const json::Array* OdooWorld::rows_of(const Exchange& exchange, const json::Value& result) {
    const json::Value* rows = &result;
    if (exchange.method == "web_search_read" && result.is_object()) rows = json::find(result, "records");
    const bool reads = exchange.method == "read" || exchange.method == "search_read" || exchange.method == "web_read" ||
                       exchange.method == "web_search_read" || exchange.method == "get_metadata";
    return reads && rows != nullptr && rows->is_array() ? &rows->get_array() : nullptr;
}

void OdooWorld::note_name(const std::string& model, std::int64_t id, const std::string& name) {
    names_[model].emplace(id, name);
}

void OdooWorld::remember_rows(const Recording& recording) {
    const Exchange exchange = read_exchange(recording);
    const Model* model = registry_.find(exchange.model);
    const json::Array* rows = model == nullptr ? nullptr : rows_of(exchange, exchange.result);
    if (rows == nullptr || exchange.method == "get_metadata") return;
    for (const json::Value& row : *rows) {
        if (!row.is_object() || !row.get_object().contains("id")) continue;
        json::Object& known = rows_[model->name][json::integer_or(row, "id")];
        for (const auto& [name, value] : row.get_object()) {
            if (!known.contains(name)) known[name] = value;
            const Field* field = model->find(name);
            const bool pair = field != nullptr && !field->relation.empty() && value.is_array() &&
                              value.get_array().size() == 2 && value.at(1).is_string();
            if (pair) note_name(field->relation, value.at(0).as_int64(), std::string(value.at(1).get_string()));
        }
    }
}

const OdooWorld::Map& OdooWorld::map_of(const std::string& model) const {
    static const Map kNone;
    const auto it = bindings_.find(model);
    return it == bindings_.end() ? kNone : it->second;
}
void OdooWorld::bind(const std::string& model, std::int64_t recorded, std::int64_t simulated) {
    bindings_[model].emplace(recorded, simulated);
}
std::int64_t OdooWorld::simulated(const std::string& model, std::int64_t recorded) const {
    const auto it = map_of(model).find(recorded);
    return it == map_of(model).end() ? recorded : it->second;
}
bool OdooWorld::is_image(const std::string& model, std::int64_t simulated) const {
    const Map& map = map_of(model);
    return std::any_of(map.begin(), map.end(), [&](const auto& pair) { return pair.second == simulated; });
}
bool OdooWorld::stand_in(const std::string& model, std::int64_t simulated) const {
    const auto it = stand_ins_.find(model);
    return it != stand_ins_.end() && it->second.contains(simulated);
}
bool OdooWorld::has_stand_ins(const std::string& model) const { return stand_ins_.contains(model); }
bool OdooWorld::aligned(const std::string& model, std::int64_t simulated) const {
    const auto it = aligned_.find(model);
    return it != aligned_.end() && it->second.contains(simulated);
}

json::Object OdooWorld::to_simulated(const Exchange& exchange) const {
    return walk_arguments(registry_, exchange, {},
                          [&](const std::string& model, std::int64_t id) { return simulated(model, id); });
}

void OdooWorld::learn_rows(const Model& model, const json::Array& recorded, const json::Array& answered) {
    for (std::size_t i = 0; i < recorded.size() && i < answered.size(); ++i) {
        if (!recorded[i].is_object() || !answered[i].is_object()) continue;
        const std::int64_t id = json::integer_or(recorded[i], "id");
        if (made_by_server(model.name) && id != 0 && !bound(model.name, id)) {
            bind(model.name, id, json::integer_or(answered[i], "id"));
            if (model.name == "mail.message") aligned_[model.name].insert(json::integer_or(answered[i], "id"));
        }
        if (json::integer_or(answered[i], "id") != simulated(model.name, id)) continue;
        for (const auto& [name, value] : recorded[i].get_object()) {
            const Field* field = model.find(name);
            const json::Value* other = answered[i].get_object().if_contains(name);
            if (field == nullptr || field->relation.empty() || other == nullptr || !registry_.find(field->relation))
                continue;
            const std::int64_t mine = pair_id(value);
            const bool named_alike = value.is_array() && other->is_array() && value.get_array().size() == 2 &&
                                     other->get_array().size() == 2 && value.at(1) == other->at(1);
            if (!field->x2many() && mine != 0 && pair_id(*other) != 0 && named_alike && !bound(field->relation, mine)) {
                bind(field->relation, mine, pair_id(*other));
            }
            const bool lists = field->x2many() && value.is_array() && other->is_array() &&
                               value.get_array().size() == other->get_array().size();
            for (std::size_t k = 0; lists && k < value.get_array().size(); ++k) {
                const json::Value& a = value.get_array()[k];
                const json::Value& b = other->get_array()[k];
                const std::int64_t ai = a.is_object() ? json::integer_or(a, "id") : a.is_int64() ? a.get_int64() : 0;
                const std::int64_t bi = b.is_object() ? json::integer_or(b, "id") : b.is_int64() ? b.get_int64() : 0;
                if (ai != 0 && bi != 0 && !bound(field->relation, ai) && !is_image(field->relation, bi))
                    bind(field->relation, ai, bi);
            }
        }
    }
}

void OdooWorld::learn(const Exchange& exchange, const json::Value& answered) {
    const Model* model = registry_.find(exchange.model);
    if (model == nullptr || exchange.failed) return;
    if (creates(exchange) || exchange.method == "search") {
        const std::vector<std::int64_t> recorded = result_ids(exchange.result);
        const std::vector<std::int64_t> mine = result_ids(answered);
        const bool fresh = creates(exchange) || made_by_server(model->name);
        for (std::size_t i = 0; fresh && i < recorded.size() && i < mine.size(); ++i) {
            bind(created_model(exchange), recorded[i], mine[i]);
        }
        return;
    }
    const json::Array* recorded = rows_of(exchange, exchange.result);
    const json::Array* mine = rows_of(exchange, answered);
    if (recorded != nullptr && mine != nullptr) learn_rows(*model, *recorded, *mine);
}

// Ids that stand in values which are not relations: plain references, and links into the portal.
json::Value OdooWorld::expected_plain(const Model& model, const json::Object& row, const std::string& name,
                                      const json::Value& value) const {
    if (name == "res_id" && value.is_int64()) {
        const json::Value whole(row);
        const std::string owner(json::text_or(whole, "res_model", json::text_or(whole, "model")));
        return simulated(owner, value.get_int64());
    }
    const json::Value* id = row.if_contains("id");
    if (name != "access_url" || !value.is_string() || id == nullptr) return value;
    std::string url(value.get_string());
    const std::string last = "/" + std::to_string(id->as_int64());
    if (url.ends_with(last))
        url.replace(url.size() - last.size(), last.size(), "/" + std::to_string(simulated(model.name, id->as_int64())));
    return json::Value(url);
}

json::Object OdooWorld::expected_row(const Model& model, const json::Object& row) const {
    json::Object out;
    for (const auto& [name, value] : row) {
        const Field* field = model.find(name);
        const Model* other = field == nullptr ? nullptr : registry_.find(field->relation);
        if (name == "id" && value.is_int64()) {
            out[name] = simulated(model.name, value.get_int64());
        } else if (other == nullptr) {
            out[name] = expected_plain(model, row, name, value);
        } else if (value.is_int64()) {
            out[name] = simulated(other->name, value.get_int64());
        } else if (value.is_object()) {
            out[name] = expected_row(*other, value.get_object());
        } else if (value.is_array() && !field->x2many() && pair_id(value) != 0) {
            out[name] = json::Array{simulated(other->name, pair_id(value)), value.at(1)};
        } else if (value.is_array()) {
            json::Array list;
            for (const json::Value& item : value.get_array()) {
                if (item.is_object()) {
                    list.emplace_back(expected_row(*other, item.get_object()));
                } else if (item.is_int64() && bound(other->name, item.get_int64())) {
                    // Ids that no recording shows as a record of its own are left out.
                    list.emplace_back(simulated(other->name, item.get_int64()));
                }
            }
            out[name] = std::move(list);
        } else {
            out[name] = value;
        }
    }
    return out;
}

json::Value OdooWorld::expected(const Exchange& exchange) const {
    const Model* model = registry_.find(exchange.model);
    if (model == nullptr || exchange.failed) return exchange.result;
    if (const json::Array* rows = rows_of(exchange, exchange.result)) {
        json::Array out;
        for (const json::Value& row : *rows) {
            // What is said about a record outside of the simulation cannot be there.
            const std::string_view about = json::text_or(row, "res_model");
            if (model->name.starts_with("mail.") && !about.empty() && registry_.find(about) == nullptr) continue;
            out.push_back(row.is_object() ? json::Value(expected_row(*model, row.get_object())) : row);
        }
        if (!exchange.result.is_object()) return out;
        json::Object whole = exchange.result.get_object();
        whole["records"] = std::move(out);
        return whole;
    }
    const std::string of = created_model(exchange);
    const auto spell = [&](std::int64_t id) { return simulated(of, id); };
    if (exchange.method == "search" || exchange.method == "create" || exchange.method == "copy" ||
        exchange.method == "message_post" || exchange.method == "activity_schedule" || exchange.method == "load") {
        json::Value out = exchange.result;
        json::Value* list = out.is_object() ? out.as_object().if_contains("ids") : &out;
        if (list != nullptr && list->is_int64()) *list = spell(list->get_int64());
        if (list != nullptr && list->is_array()) {
            for (json::Value& id : list->get_array()) {
                if (id.is_int64()) id = spell(id.get_int64());
            }
        }
        return out;
    }
    if (exchange.method == "export_data" && exchange.result.is_object()) {
        json::Value out = exchange.result;
        const json::Value arguments(exchange.arguments);
        const json::Value* columns = json::find(arguments, "fields_to_export");
        for (json::Value& row : out.at("datas").as_array()) {
            for (std::size_t i = 0; columns != nullptr && i < columns->as_array().size(); ++i) {
                json::Value& cell = row.as_array()[i];
                if (columns->at(i) == ".id")
                    cell = std::to_string(spell(std::strtoll(cell.as_string().c_str(), nullptr, 10)));
            }
        }
        return out;
    }
    if (exchange.method == "name_search" && exchange.result.is_array()) {
        json::Array out;
        for (const json::Value& pair : exchange.result.get_array())
            out.push_back(json::Array{spell(pair.at(0).as_int64()), pair.at(1)});
        return out;
    }
    if (exchange.method == "get_external_id" && exchange.result.is_object()) {
        json::Object out;
        for (const auto& [id, name] : exchange.result.get_object()) {
            out[std::to_string(spell(std::strtoll(std::string(id).c_str(), nullptr, 10)))] = name;
        }
        return out;
    }
    return exchange.result;
}

std::string OdooWorld::expected_text(const std::string& model, std::string text) const {
    for (const auto& [recorded, mine] : map_of(model)) {
        const std::string from = fmt::format("{}({},)", model, recorded);
        if (const std::size_t at = text.find(from); at != std::string::npos) {
            return text.replace(at, from.size(), fmt::format("{}({},)", model, mine));
        }
    }
    return text;
}

}  // namespace syncline::conformance
