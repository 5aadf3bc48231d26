#include "sync/issues.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace syncline::sync {

namespace {

bool is_uuid(std::string_view text) {
    constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return text.size() == kShape.size() && std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
               const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
               return shape == '-' ? c == '-' : hex;
           });
}

json::Value uuid(const json::Object& seen, std::string_view key) {
    const std::string_view text = json::text_or(seen, key);
    return is_uuid(text) ? json::Value(text) : json::Value(nullptr);
}

json::Value day(const json::Object& seen, std::string_view key) {
    const Result<Day> day = parse_day(json::text_or(seen, key).substr(0, std::string_view("2026-11-21").size()));
    return day ? json::Value(format_day(*day)) : json::Value(nullptr);
}

// An instant, or the first one of a day.
json::Value instant(const json::Object& seen, std::string_view key) {
    const std::string_view text = json::text_or(seen, key);
    if (const Result<Time> time = parse_time(text)) return json::Value(format_iso(*time));
    const Result<Day> day = parse_day(text);
    return day ? json::Value(format_iso(Time(*day))) : json::Value(nullptr);
}

json::Value text_or_null(const json::Object& seen, std::string_view key) {
    const json::Value* value = seen.if_contains(key);
    return value && value->is_string() ? *value : json::Value(nullptr);
}

}  // namespace

std::optional<json::Object> issue_of(const json::Object& seen) {
    // Of Plane's records only work items have a number.
    const json::Value* number = seen.if_contains("sequence_id");
    json::Value id = uuid(seen, "id");
    json::Value project = uuid(seen, "project");
    if (!number || id.is_null() || project.is_null()) return std::nullopt;
    const json::Value* custom = seen.if_contains("custom_fields");
    return json::Object{
        {"id", std::move(id)},
        {"project_id", std::move(project)},
        {"sequence_id", number->is_int64() ? *number : json::Value(nullptr)},
        {"name", json::text_or(seen, "name")},
        {"description", json::text_or(seen, "description_html")},
        {"state_id", uuid(seen, "state")},
        {"priority", json::text_or(seen, "priority", "none")},
        {"parent_id", uuid(seen, "parent")},
        {"start_date", day(seen, "start_date")},
        {"target_date", day(seen, "target_date")},
        {"external_source", text_or_null(seen, "external_source")},
        {"external_id", text_or_null(seen, "external_id")},
        {"custom_fields", custom && custom->is_object() ? *custom : json::Value(json::Object())},
        {"created_at", instant(seen, "created_at")},
        {"updated_at", instant(seen, "updated_at")},
        {"archived_at", instant(seen, "archived_at")},
    };
}

Result<void> keep_issues(pg::Transaction& tx, const access::Scope& scope, json::Array issues) {
    if (issues.empty()) return ok();
    TRY(tx.exec("select plane.keep_issues($1, $2, $3::jsonb)",
                {scope.org.text(), scope.profile, json::canonical(issues)}));
    return ok();
}

Result<void> forget_issues(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& ids) {
    std::vector<std::string> uuids;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(uuids), is_uuid);
    if (uuids.empty()) return ok();
    TRY(tx.exec("select plane.forget_issues($1, $2::uuid[])", {scope.org.text(), pg::array_literal(uuids)}));
    return ok();
}

}  // namespace syncline::sync
