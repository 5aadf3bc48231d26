#include "odoo/detail/writer.hpp"

#include <functional>

#include "odoo/detail/load_row.hpp"
#include "odoo/detail/same_values.hpp"

namespace syncline::odoo::detail {
namespace {

std::vector<std::string> names_of(const json::Object& values) {
    std::vector<std::string> names;
    for (const auto& [name, value] : values) names.emplace_back(name);
    return names;
}

Call write_call(const std::string& model, std::int64_t id, const json::Object& values) {
    return Call{model, "write", {{"ids", {id}}, {"vals", values}}};
}

// mode "update" over a record that is marked noupdate: Odoo makes the record when the external id is new, and otherwise
// leaves it as it is and answers its id. So repeating a create never overwrites what people did to the record since.
// tz: load() reads datetimes in the user's time zone, unlike write().
Call load_call(const std::string& model, const LoadRow& row) {
    json::Array data;
    data.emplace_back(row.cells);
    return Call{model,
                "load",
                {{"fields", row.fields},
                 {"data", std::move(data)},
                 {"context", {{"mode", "update"}, {"noupdate", true}, {"tz", "UTC"}}}}};
}

Result<std::int64_t> loaded_id(const std::string& what, const json::Value& answer) {
    if (const json::Value* ids = json::find(answer, "ids"); ids && ids->is_array() && ids->get_array().size() == 1) {
        if (ids->get_array()[0].is_int64()) return ids->get_array()[0].get_int64();
    }
    return load_error(what, answer);
}

}  // namespace

std::mutex& Writer::stripe(std::string_view model, std::string_view record) {
    const std::size_t mixed = std::hash<std::string_view>{}(model)*31 + std::hash<std::string_view>{}(record);
    return stripes_[mixed % kStripes];
}

Result<void> Writer::write(const std::string& model, std::int64_t id, const json::Object& values) {
    if (values.empty()) return ok();  // Odoo would bump write_date for nothing
    const std::lock_guard one_at_a_time(stripe(model, std::to_string(id)));
    return write_held(model, id, values);
}

// A repeat is safe because the values are absolute: writing them twice leaves what writing them once leaves. Only
// commands that create lines are not, and are never repeated after a lost answer.
Result<void> Writer::write_held(const std::string& model, std::int64_t id, const json::Object& values) {
    TRY(session_.info());  // so that the server's clock is known before the first write
    const Time sent = session_.line().server_now();
    for (int tries = 1;; ++tries) {
        const Result<json::Value> answer = session_.once(write_call(model, id, values), Purpose::kWrite);
        if (answer.ok()) return ok();
        const Error& error = answer.error();
        if (error.code == Errc::kOutcomeUnknown) {
            if (!is_repeatable(values)) return error;
            const Result<Landed> landed = look(model, id, values, sent);
            if (landed.ok() && *landed == Landed::kYes) return ok();
            if (!landed.ok()) {
                const Errc why = landed.error().code;
                return why == Errc::kNotFound || why == Errc::kMoved ? landed.error() : error;
            }
        }
        if (!session_.pacer().again(tries, kWriteTriesMax, error)) return error;
    }
}

// After a lost answer: are the values there? When they are not, and somebody else wrote to the record since we began,
// our write may have landed first and been edited since. Repeating would undo that edit, so kMoved: observe again.
Result<Writer::Landed> Writer::look(const std::string& model, std::int64_t id, const json::Object& values, Time sent) {
    const auto known = TRY(session_.fields(model));
    std::vector<std::string> asked = names_of(values);
    asked.insert(asked.end(), {"write_uid", "write_date"});
    const std::vector<json::Object> rows = TRY(reader_.read(model, {id}, asked));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, model + "/write: the record " + std::to_string(id) + " is gone");
    }
    const json::Object& seen = rows.front();
    if (holds(*known, values, seen)) return Landed::kYes;
    const ServerInfo server = TRY(session_.info());
    const json::Value row(seen);
    const auto written = parse_time(json::text_or(row, "write_date"));
    constexpr Micros kClockGrain{2'000'000};  // write_date and the Date header are both cut to seconds
    if (json::integer_or(row, "write_uid", server.uid) != server.uid && written.ok() && *written + kClockGrain > sent) {
        return make_error(Errc::kMoved, model + "/write: the answer was lost and somebody else has edited the record " +
                                            std::to_string(id) + " since");
    }
    return Landed::kNo;
}

Result<std::int64_t> Writer::create(const std::string& model, const std::string& external_key,
                                    const json::Object& values) {
    const std::string xml_id = TRY(external_id(external_key));
    const auto known = TRY(session_.fields(model));
    const LoadRow row = TRY(load_row(*known, model, xml_id, values));
    const Call call = load_call(model, row);
    const std::lock_guard one_at_a_time(stripe(model, xml_id));
    const auto load = [&]() -> Result<std::int64_t> {
        const json::Value answer = TRY(session_.once(call, Purpose::kWrite));
        return loaded_id(call.name(), answer);
    };
    const std::int64_t id = TRY(repeat(session_.pacer(), kWriteTriesMax, load));
    if (!row.rest.empty()) {
        if (auto done = finish(model, id, row.rest); !done.ok()) return std::move(done).error();
    }
    return id;
}

// The part that load() cannot carry. A create that was cut between the two is completed by its repeat.
Result<void> Writer::finish(const std::string& model, std::int64_t id, const json::Object& rest) {
    const auto known = TRY(session_.fields(model));
    const std::vector<json::Object> rows = TRY(reader_.read(model, {id}, names_of(rest)));
    if (!rows.empty() && holds(*known, rest, rows.front())) return ok();
    return write(model, id, rest);
}

}  // namespace syncline::odoo::detail
