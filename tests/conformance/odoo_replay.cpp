// The Odoo half: replays, compares, reports.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "odoo_scope.hpp"
#include "odoo_world.hpp"

namespace syncline::conformance {
namespace {

using sim::odoo_detail::Type;

// Instants that the server sets itself; what people enter must come back as it was entered.
bool server_instant(const Field& field) {
    static constexpr std::array<std::string_view, 13> kSet{"create_date",
                                                           "write_date",
                                                           "date_assign",
                                                           "date_end",
                                                           "date_last_stage_update",
                                                           "reached_date",
                                                           "date_done",
                                                           "login_date",
                                                           "date",
                                                           "pinned_at",
                                                           "shipped_at",
                                                           "rating_request_deadline",
                                                           "last_update_date"};
    return (field.type == Type::kDate || field.type == Type::kDatetime) &&
           std::find(kSet.begin(), kSet.end(), field.name) != kSet.end() &&
           !(field.name == "date" && field.type == Type::kDate);
}

// Values that no two servers agree on, and why.
bool random_value(const Model& model, const Field& field) {
    if (field.name == "access_token" || field.name == "message_id") return true;  // secrets and mail ids
    if (model.name == "project.tags" && field.name == "color") return true;       // Odoo draws it
    return field.name == "create_uid" || field.name == "write_uid";               // scripts ran as another user
}

class RowRule {
public:
    RowRule(const OdooWorld& world, const Model& model) : world_(world), model_(model) {}

    Closeness operator()(std::string_view path, const json::Value& recorded, std::int64_t id) const {
        const std::size_t slash = path.rfind('/');
        const std::string name(path.substr(slash + 1));
        const Field* field = model_.find(name);
        if (field == nullptr) return Closeness::kEqual;
        // Links to models outside of the simulation are compared as far as that they are asked for.
        if (!field->relation.empty() && world_.registry().find(field->relation) == nullptr) return Closeness::kIgnored;
        if (random_value(model_, *field)) return Closeness::kIgnored;
        if (server_instant(*field)) return Closeness::kForm;
        if (world_.aligned(model_.name, id)) return Closeness::kIgnored;
        if (name == "portal_user_names" && world_.has_stand_ins("res.users")) return Closeness::kType;
        if (field->type == Type::kMany2many && recorded.is_array()) return Closeness::kAnyOrder;
        const bool derived = field->compute != nullptr || !field->stored;
        if (derived && world_.stand_in(model_.name, id)) return Closeness::kType;  // a stand-in has no past
        return Closeness::kEqual;
    }

private:
    const OdooWorld& world_;
    const Model& model_;
};

// Ids in an answered list that the recordings know nothing of are left out, as they are on the recorded side.
json::Value only_known(const OdooWorld& world, const Model& model, const json::Value& row) {
    json::Object out = row.as_object();
    for (auto& [name, value] : out) {
        const Field* field = model.find(name);
        if (field == nullptr || !field->x2many() || !value.is_array()) continue;
        json::Array list;
        for (const json::Value& item : value.get_array()) {
            if (!item.is_int64() || world.is_image(field->relation, item.get_int64())) list.push_back(item);
        }
        value = std::move(list);
    }
    return out;
}

std::optional<std::string> compare_row(const OdooWorld& world, const Model& model, const json::Value& recorded,
                                       const json::Value& answered) {
    if (!recorded.is_object() || !answered.is_object()) return "a row is not an object";
    const RowRule rule(world, model);
    const std::int64_t id = json::integer_or(recorded, "id");
    auto found =
        difference(recorded, only_known(world, model, answered), [&](std::string_view path, const json::Value& value) {
            const bool top = std::count(path.begin(), path.end(), '/') == 1;
            return top ? rule(path, value, id) : Closeness::kEqual;
        });
    if (found) found = fmt::format("row {}: {}", id, *found);
    return found;
}

std::ptrdiff_t place_of(const std::vector<const json::Value*>& rows, std::int64_t id) {
    const auto it = std::find_if(rows.begin(), rows.end(),
                                 [&](const json::Value* row) { return json::integer_or(*row, "id") == id; });
    return it == rows.end() ? -1 : it - rows.begin();
}

// An open question may find records that the recordings know nothing of, and the recorded server's unknown ones not at
// all. What both know must be found by both, in the same order and with the same values. Stand-ins are made when they
// are needed, so that nothing is said of their order, and a limit may cut them off.
std::optional<std::string> compare_open_rows(const OdooWorld& world, const Model& model, const json::Array& recorded,
                                             const json::Array& answered, bool limited) {
    std::vector<const json::Value*> known;
    for (const json::Value& row : answered) {
        const std::int64_t id = json::integer_or(row, "id");
        if (!recorded.empty() && row.as_object().size() != recorded.front().as_object().size()) {
            return fmt::format("row {}: other fields than recorded", id);
        }
        if (world.is_image(model.name, id)) known.push_back(&row);
    }
    const bool crowded = limited && (known.size() < answered.size() ||
                                     std::any_of(known.begin(), known.end(), [&](const json::Value* row) {
                                         return world.stand_in(model.name, json::integer_or(*row, "id"));
                                     }));
    std::ptrdiff_t last = -1;
    for (const json::Value& row : recorded) {
        const std::int64_t id = json::integer_or(row, "id");
        const std::ptrdiff_t place = place_of(known, id);
        const bool stand_in = world.stand_in(model.name, id);
        if (place < 0 && (crowded || (limited && stand_in))) continue;
        if (place < 0 && OdooWorld::made_by_server(model.name) && !world.is_image(model.name, id)) continue;
        if (place < 0) return fmt::format("id {} is not found", id);
        if (!stand_in && place < last) return fmt::format("id {} comes too early", id);
        if (!stand_in) last = place;
        if (auto found = compare_row(world, model, row, *known[std::size_t(place)])) return found;
    }
    for (const json::Value* row : known) {
        const std::int64_t id = json::integer_or(*row, "id");
        const bool expected = std::any_of(recorded.begin(), recorded.end(),
                                          [&](const json::Value& r) { return json::integer_or(r, "id") == id; });
        if (!expected && !limited) return fmt::format("id {} is found but was not recorded", id);
    }
    return std::nullopt;
}

std::optional<std::string> compare_ids(const OdooWorld& world, const Model& model, const json::Array& recorded,
                                       const json::Array& answered, bool limited) {
    json::Array a, b;
    for (const json::Value& id : recorded) a.push_back(json::Object{{"id", id}});
    for (const json::Value& id : answered) b.push_back(json::Object{{"id", id}});
    return compare_open_rows(world, model, a, b, limited);
}

Closeness description_rule(const Model& model, std::string_view path) {
    if (path.ends_with("/depends"))
        return Closeness::kType;  // which fields a value is computed from is the server's affair
    if (path.ends_with("/selection")) {
        const std::string_view head = path.substr(0, path.rfind('/'));
        const Field* field = model.find(head.substr(head.rfind('/') + 1));
        if (field != nullptr && field->open_selection) return Closeness::kType;  // as long as what is installed
    }
    return Closeness::kEqual;
}

std::optional<std::string> compare_result(const OdooWorld& world, const Exchange& exchange,
                                          const json::Value& answered) {
    const Model* model = world.registry().find(exchange.model);
    const json::Value recorded = world.expected(exchange);
    const auto equal = [](std::string_view, const json::Value&) { return Closeness::kEqual; };
    if (model == nullptr) return difference(recorded, answered, equal);
    const bool closed = closed_domain(json::find(json::Value(exchange.arguments), "domain"));
    const json::Value arguments(exchange.arguments);
    // A limit cuts off, and so does a bound on ids whose simulated numbers are others.
    const bool limited = json::integer_or(arguments, "limit") > 0 || orders_ids(json::find(arguments, "domain"));
    if (const json::Array* rows =
            exchange.method == "get_metadata" ? nullptr : OdooWorld::rows_of(exchange, recorded)) {
        const json::Array* mine = OdooWorld::rows_of(exchange, answered);
        if (mine == nullptr) return "the answer is no list of rows";
        if (exchange.method.starts_with("search") || exchange.method == "web_search_read") {
            return compare_open_rows(world, *model, *rows, *mine, limited && !closed);
        }
        if (rows->size() != mine->size())
            return fmt::format("recorded {} rows, answered {}", rows->size(), mine->size());
        for (std::size_t i = 0; i < rows->size(); ++i) {
            if (auto found = compare_row(world, *model, (*rows)[i], (*mine)[i])) return found;
        }
        return std::nullopt;
    }
    if (exchange.method == "search" && recorded.is_array() && answered.is_array()) {
        return compare_ids(world, *model, recorded.get_array(), answered.get_array(), limited && !closed);
    }
    if (exchange.method == "search_count" && !closed) {  // how much there is in all is the database's affair
        return difference(recorded, answered, [](auto, auto&) { return Closeness::kType; });
    }
    if (exchange.method == "fields_get") {
        return difference(recorded, answered,
                          [&](std::string_view path, const json::Value&) { return description_rule(*model, path); });
    }
    if (exchange.method.ends_with("read_group") && recorded.is_array() && answered.is_array()) {
        if (recorded.get_array().empty() || answered.get_array().empty()) return std::nullopt;
        const auto shape = [](std::string_view path, const json::Value& value) {
            return value.is_object() && path.empty() ? Closeness::kEqual : Closeness::kType;
        };
        return difference(recorded.get_array().front(), answered.get_array().front(), shape);
    }
    if (exchange.method == "export_data" || exchange.method == "get_metadata") {
        return difference(recorded, answered, [](std::string_view, const json::Value& value) {
            const bool drawn = value.is_string() && std::string_view(value.get_string()).starts_with("__export__.");
            return drawn ? Closeness::kForm : Closeness::kEqual;  // a part of the name is drawn by chance
        });
    }
    if (exchange.method == "action_feedback") {
        return difference(recorded, answered, [](auto, auto&) { return Closeness::kType; });
    }
    return difference(recorded, answered, equal);
}

// "port 5432" is the machine's affair.
std::string without_port(std::string text) {
    for (std::size_t at = 0; (at = text.find("port ", at)) != std::string::npos; ++at) {
        const std::size_t digits = at + 5;
        std::size_t end = digits;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        text.erase(digits, end - digits);
    }
    return text;
}

// Name, message and arguments to the letter; the trace only as being there.
std::optional<std::string> compare_failure(const OdooWorld& world, const Exchange& exchange,
                                           const json::Value& recorded, const json::Value& answered) {
    const auto spell = [&](const json::Value& value) {
        return json::parse(without_port(world.expected_text(exchange.model, boost::json::serialize(value)))).value();
    };
    return difference(spell(recorded), json::parse(without_port(boost::json::serialize(answered))).value(),
                      [](std::string_view path, const json::Value&) {
                          return path.ends_with("/debug") ? Closeness::kType : Closeness::kEqual;
                      });
}

std::optional<std::string> compare_text(const Recording& recording, const net::HttpResponse& response) {
    const std::string_view recorded = recording.headers.get("Content-Type");
    const std::string_view answered = response.headers.get("Content-Type");
    if (recorded != answered) return fmt::format("content type: recorded {}, answered {}", recorded, answered);
    if (recording.text == response.body) return std::nullopt;
    return fmt::format("text: recorded {}, answered {}", recording.text.substr(0, 120), response.body.substr(0, 120));
}

std::optional<std::string> compare(OdooWorld& world, const Recording& recording, const Exchange& exchange,
                                   const net::HttpResponse& response) {
    if (recording.status != response.status) {
        return fmt::format("status: recorded {}, answered {} {}", recording.status, response.status,
                           response.body.substr(0, 200));
    }
    if (recording.text_body) return compare_text(recording, response);
    const auto parsed = json::parse(response.body);
    if (!parsed) return "the answer is not JSON: " + response.body.substr(0, 120);
    if (exchange.kind == Exchange::kJson2 && exchange.failed)
        return compare_failure(world, exchange, recording.body, *parsed);
    if (exchange.kind == Exchange::kJson2) {
        world.learn(exchange, *parsed);
        return compare_result(world, exchange, *parsed);
    }
    if (exchange.kind == Exchange::kJsonRpc && !exchange.failed && json::find(*parsed, "result") != nullptr) {
        if (json::find(recording.body, "result") == nullptr) return "a result where none was recorded";
        world.learn(exchange, parsed->at("result"));
        return compare_result(world, exchange, parsed->at("result"));
    }
    return compare_failure(world, exchange, recording.body, *parsed);
}

// The database that the recorded requests name most.
std::string database_of(const std::vector<Recording>& recordings) {
    std::map<std::string, int> named;
    for (const Recording& recording : recordings) {
        const std::string name(recording.request.headers.get("X-Odoo-Database"));
        if (!name.empty()) ++named[name];
    }
    std::string most = "odoo19";
    for (const auto& [name, count] : named) {
        if (!named.contains(most) || count > named[most]) most = name;
    }
    return most;
}

}  // namespace

Report replay_odoo(const std::vector<Recording>& recordings) {
    const std::string database = database_of(recordings);
    OdooWorld world(recordings, database);
    Report report;
    report.peer = "odoo";
    for (const Recording& recording : recordings) {
        const Exchange exchange = read_exchange(recording);
        Outcome outcome;
        outcome.file = recording.file;
        outcome.detail = outside_odoo(world.registry(), recording, exchange);
        if (!outcome.detail.empty()) {
            outcome.verdict = Verdict::kNotModelled;
            report.outcomes.push_back(std::move(outcome));
            continue;
        }
        world.set_time(recording.headers);
        outcome.adopted = world.prepare(exchange);
        const net::HttpRequest request =
            build_request(recording, exchange, world.to_simulated(exchange), database, world.key());
        if (auto found = compare(world, recording, exchange, world.send(request))) {
            outcome.verdict = Verdict::kMismatch;
            outcome.detail = std::move(*found);
            outcome.explanation = explained_odoo(recording, outcome.detail);
        }
        report.outcomes.push_back(std::move(outcome));
    }
    return report;
}

}  // namespace syncline::conformance
