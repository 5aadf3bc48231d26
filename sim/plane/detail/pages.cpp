#include "sim/plane/detail/pages.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "fmt/format.h"

namespace syncline::sim::plane {
namespace {

constexpr std::int64_t kPerPageMax = 1000;

std::optional<std::int64_t> whole(std::string_view text) {
    text = trim(text);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The page number in "value:offset:is_prev".
std::optional<std::int64_t> page_number(std::string_view cursor) {
    if (cursor.empty()) return 0;
    const std::vector<std::string> parts = split(cursor, ':');
    if (parts.size() != 3 || !whole(parts[2])) return std::nullopt;
    double value = 0;
    const auto [end, problem] = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), value);
    if (problem != std::errc() || end != parts[0].data() + parts[0].size()) return std::nullopt;
    return whole(parts[1]);
}

int compare(const json::Value& a, const json::Value& b) {
    if (a.is_string() && b.is_string()) return a.get_string().compare(b.get_string());
    if (a.is_int64() && b.is_int64()) return a.get_int64() < b.get_int64() ? -1 : a.get_int64() > b.get_int64() ? 1 : 0;
    if (a.is_bool() && b.is_bool()) return static_cast<int>(a.get_bool()) - static_cast<int>(b.get_bool());
    if (a.is_number() && b.is_number()) {
        const double left = a.to_number<double>();
        const double right = b.to_number<double>();
        return left < right ? -1 : left > right ? 1 : 0;
    }
    return 0;
}

void order_by_instant(Rows& rows, std::string_view name, bool down) {
    std::vector<std::pair<std::int64_t, const Row*>> keyed;
    keyed.reserve(rows.size());
    for (const Row* row : rows) keyed.emplace_back(row->stamp_at(name), row);
    std::stable_sort(keyed.begin(), keyed.end(),
                     [down](const auto& a, const auto& b) { return down ? a.first > b.first : a.first < b.first; });
    for (std::size_t i = 0; i < keyed.size(); ++i) rows[i] = keyed[i].second;
}

}  // namespace

bool order_rows(Rows& rows, const Model& model, std::string_view order_by) {
    const bool down = !order_by.empty() && order_by.front() == '-';
    const std::string_view name = down ? order_by.substr(1) : order_by;
    const Field* field = model.find(name);
    if (field == nullptr) return false;
    if (name == "updated_at" || name == "created_at") {
        order_by_instant(rows, name, down);
        return true;
    }
    static const json::Value kNothing;
    std::vector<std::pair<const json::Value*, const Row*>> keyed;
    keyed.reserve(rows.size());
    for (const Row* row : rows) {
        const json::Value* value = row->v.if_contains(name);
        keyed.emplace_back(value == nullptr ? &kNothing : value, row);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [down](const auto& a, const auto& b) {
        if (a.first->is_null() || b.first->is_null()) {
            return down ? a.first->is_null() && !b.first->is_null() : !a.first->is_null() && b.first->is_null();
        }
        const int order = compare(*a.first, *b.first);
        return down ? order > 0 : order < 0;
    });
    for (std::size_t i = 0; i < keyed.size(); ++i) rows[i] = keyed[i].second;
    return true;
}

void newest_first(Rows& rows) {
    std::vector<std::pair<std::int64_t, const Row*>> keyed;
    keyed.reserve(rows.size());
    for (const Row* row : rows) keyed.emplace_back(row->stamp_at("created_at"), row);
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second->serial > b.second->serial;
    });
    for (std::size_t i = 0; i < keyed.size(); ++i) rows[i] = keyed[i].second;
}

Answer page(Call& call, const Rows& rows, const std::function<json::Value(const Row&)>& render) {
    std::int64_t per_page = kPerPageMax;
    if (const std::string_view text = call.param("per_page"); !text.empty()) {
        const auto number = whole(text);
        if (!number) return detail(400, "Invalid per_page parameter.");
        per_page = *number;
    }
    if (per_page > kPerPageMax) {
        return detail(400, fmt::format("Invalid per_page value. Cannot exceed {}.", kPerPageMax));
    }
    const auto number = page_number(call.param("cursor"));
    if (!number) return detail(400, "Invalid cursor parameter.");
    if (per_page <= 0) return crashed();
    if (*number < 0) return detail(400, "Error in parsing");

    const auto total = static_cast<std::int64_t>(rows.size());
    const std::int64_t first = std::min(*number, total / per_page + 1) * per_page;
    const std::int64_t last = std::min(first + per_page, total);
    json::Array results;
    for (std::int64_t i = first; i < last; ++i) results.push_back(render(*rows[static_cast<std::size_t>(i)]));
    const auto count = static_cast<std::int64_t>(results.size());
    const std::int64_t pages = (total + per_page - 1) / per_page;

    json::Object out;
    out["grouped_by"] = nullptr;
    out["sub_grouped_by"] = nullptr;
    out["total_count"] = total;
    out["next_cursor"] = fmt::format("{}:{}:0", per_page, *number + 1);
    out["prev_cursor"] = fmt::format("{}:{}:1", per_page, *number - 1);
    out["next_page_results"] = first + per_page < total;
    out["prev_page_results"] = *number > 0;
    out["count"] = count;
    out["total_pages"] = pages;
    out["total_results"] = total;
    out["extra_stats"] = nullptr;
    out["results"] = std::move(results);
    return ok(std::move(out));
}

}  // namespace syncline::sim::plane
