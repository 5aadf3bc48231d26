// read_group and formatted_read_group, as far as counting and max/min/sum of columns.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/query.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

struct Group {
    json::Value key;     // as shown
    json::Array domain;  // what its rows have in common
    Ids ids;
};

json::Value raw_key(const json::Value& shown) {
    return shown.is_array() && !shown.get_array().empty() ? shown.get_array().front() : shown;
}

Group day_group(const Field& field, const std::string& name, const std::string& moment) {
    const auto day = parse_day(std::string_view(moment).substr(0, 10));
    Group group;
    if (!day) return group;
    const std::string low = format_day(*day) + " 00:00:00";
    const std::string high = format_day(*day + std::chrono::days(1)) + " 00:00:00";
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day date{*day};
    const std::string label =
        fmt::format("{:02} {} {}", unsigned(date.day()), kMonths[unsigned(date.month()) - 1], int(date.year()));
    group.key = json::Array{low, label};
    group.domain = {"&", json::Array{field.name, ">=", low}, json::Array{field.name, "<", high}};
    (void)name;
    return group;
}

std::vector<Group> group_rows(const Env& env, const Model& model, const Ids& ids, const std::string& by) {
    const std::size_t colon = by.find(':');
    const Field* field = model.find(by.substr(0, colon));
    if (field == nullptr)
        throw value_error(fmt::format("Invalid field {} on model '{}'", python_quote(by), model.name));
    const bool daily = field->type == Type::kDatetime || field->type == Type::kDate;
    if (daily && by.substr(colon + 1) != "day")
        throw value_error(fmt::format("Granularity {} is not simulated", python_quote(by)));
    std::map<std::string, Group> groups;
    for (const std::int64_t id : ids) {
        json::Value shown = show(env, *field, env.get(model, *env.store.find(model, id), *field), false);
        Group fresh;
        if (daily && shown.is_string()) {
            fresh = day_group(*field, by, std::string(shown.get_string()));
        } else {
            fresh.key = shown;
            fresh.domain = list_of(json::Array{field->name, "=", raw_key(shown)});
        }
        Group& group = groups.try_emplace(json::canonical(raw_key(fresh.key)), fresh).first->second;
        group.ids.push_back(id);
    }
    std::vector<Group> sorted;
    for (auto& [key, group] : groups) sorted.push_back(std::move(group));
    return sorted;
}

json::Value aggregate(const Env& env, const Model& model, const Ids& ids, const std::string& expression) {
    if (expression == "__count") return std::int64_t(ids.size());
    const std::size_t colon = expression.find(':');
    const Field* field = model.find(expression.substr(0, colon));
    if (field == nullptr)
        throw value_error(fmt::format("Invalid field {} on model '{}'", python_quote(expression), model.name));
    const std::string how = colon == std::string::npos ? "sum" : expression.substr(colon + 1);
    std::vector<Cell> values;
    for (const std::int64_t id : ids) values.push_back(env.get(model, *env.store.find(model, id), *field));
    if (values.empty()) return false;
    if (how == "max") return show(env, *field, *std::max_element(values.begin(), values.end()), true);
    if (how == "min") return show(env, *field, *std::min_element(values.begin(), values.end()), true);
    double sum = 0;
    for (const Cell& value : values) {
        const auto* number = std::get_if<double>(&value);
        sum += number != nullptr ? *number : double(integer(value));
    }
    return field->type == Type::kInteger ? json::Value(static_cast<std::int64_t>(sum)) : json::Value(sum);
}

Ids matching(const Call& call) {
    Search query;
    query.domain = call.list("domain");
    query.order = "id";
    return search(call.env, call.model, query);
}

std::string first_text(const json::Array& list) {
    return list.empty() || !list.front().is_string() ? "" : std::string(list.front().get_string());
}

}  // namespace

json::Value call_read_group(Call& call) {
    const std::string by = first_text(call.list("groupby"));
    json::Array rows;
    for (const Group& group : group_rows(call.env, call.model, matching(call), by)) {
        json::Object row{{by, group.key}, {by + "_count", std::int64_t(group.ids.size())}, {"__domain", group.domain}};
        for (const json::Value& expression : call.list("fields")) {
            const std::string text(expression.get_string());
            row[text.substr(0, text.find(':'))] = aggregate(call.env, call.model, group.ids, text);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

json::Value call_formatted_read_group(Call& call) {
    const std::string by = first_text(call.list("groupby"));
    const Ids ids = matching(call);
    std::vector<Group> groups;
    if (by.empty()) {
        groups.push_back({{}, {}, ids});
    } else {
        groups = group_rows(call.env, call.model, ids, by);
    }
    json::Array rows;
    for (const Group& group : groups) {
        json::Object row{{"__extra_domain", group.domain}};
        if (!by.empty()) row[by] = group.key;
        for (const json::Value& expression : call.list("aggregates")) {
            const std::string text(expression.get_string());
            row[text] = aggregate(call.env, call.model, group.ids, text);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace syncline::sim::odoo_detail
