#include "mirror/detail/live_totals.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace syncline::mirror::detail {
namespace {

constexpr double kPieceTolerance = 1e-4;  // of a sum: both sides add floating numbers, in another order
constexpr int kFormattedGroupsMajorMin = 19;

struct Lying {
    double quantity = 0, reserved = 0;
    Lying& operator+=(const Lying& other) {
        quantity += other.quantity;
        reserved += other.reserved;
        return *this;
    }
    bool same(const Lying& other) const {
        return std::abs(quantity - other.quantity) < kPieceTolerance &&
               std::abs(reserved - other.reserved) < kPieceTolerance;
    }
};
using ByLocation = std::map<std::int64_t, Lying>;

double number(const json::Value& row, std::string_view key) {
    const json::Value* value = json::find(row, key);
    return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

Result<ByLocation> of_odoo(odoo::Client& client, const Scope& scope) {
    const bool formatted = TRY(client.probe()).major >= kFormattedGroupsMajorMin;
    const json::Array sums{"quantity:sum", "reserved_quantity:sum"};
    json::Object arguments{
        {"domain", scope.domain}, {"groupby", json::Array{"location_id"}}, {formatted ? "aggregates" : "fields", sums}};
    if (!scope.companies.empty()) {
        arguments["context"] = {{"allowed_company_ids", json::Array(scope.companies.begin(), scope.companies.end())}};
    }
    const json::Value answer =
        TRY(client.call(scope.model, formatted ? "formatted_read_group" : "read_group", arguments, true));
    if (!answer.is_array()) return make_error(Errc::kUpstream, scope.model + ": the groups are no list");
    ByLocation found;
    for (const json::Value& row : answer.get_array()) {
        const json::Value* location = json::find(row, "location_id");
        const bool named = location != nullptr && location->is_array() && !location->get_array().empty();
        const std::int64_t id = named ? location->get_array().front().to_number<std::int64_t>() : 0;
        const std::string_view suffix = formatted ? ":sum" : "";
        found[id] +=
            {number(row, fmt::format("quantity{}", suffix)), number(row, fmt::format("reserved_quantity{}", suffix))};
    }
    return found;
}

Result<ByLocation> of_mirror(pg::Database& database, const Source& source, const Scope& scope) {
    return database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<ByLocation> {
        const pg::Rows rows = TRY(
            tx.exec("select coalesce(nullif(sync_data->>'location_id', 'false'), '0')::bigint as location, "
                    "sum((sync_data->>'quantity')::numeric) as quantity, "
                    "sum((sync_data->>'reserved_quantity')::numeric) as reserved from odoo.records where org_id = $1 "
                    "and connector = $2 and entity = $3 and gone_at is null group by 1",
                    {source.org.text(), source.connector, scope.entity->name}));
        ByLocation found;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            found[rows.integer(i, "location")] = {std::strtod(std::string(rows.text(i, "quantity")).c_str(), nullptr),
                                                  std::strtod(std::string(rows.text(i, "reserved")).c_str(), nullptr)};
        }
        return found;
    });
}

std::string told(const ByLocation& lying, std::string_view where) {
    Lying sum;
    for (const auto& [location, each] : lying) sum += each;
    return fmt::format("{:g} pieces, {:g} reserved, in {} locations {}", sum.quantity, sum.reserved, lying.size(),
                       where);
}

}  // namespace

Result<Check> live_inventory(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope) {
    Check check{"inventory", "as much stock as Odoo adds up", Verdict::kSkipped, "", "", ""};
    if (scope.model.empty()) {
        check.evidence = scope.absent;
        return check;
    }
    const ByLocation live = TRY(of_odoo(client, scope));
    const ByLocation here = TRY(of_mirror(database, source, scope));
    check.expected = told(live, "in Odoo");
    check.found = told(here, "here");
    ByLocation all = live;
    all.insert(here.begin(), here.end());
    std::size_t differing = 0;
    for (const auto& [location, unused] : all) {
        const auto theirs = live.find(location), ours = here.find(location);
        const Lying left = theirs == live.end() ? Lying{} : theirs->second;
        const Lying right = ours == here.end() ? Lying{} : ours->second;
        if (left.same(right) || ++differing > kLocationsNamedMax) continue;
        check.evidence += fmt::format("{}location {}: {:g} ({:g} reserved) in Odoo, {:g} ({:g}) here",
                                      check.evidence.empty() ? "" : "; ", location, left.quantity, left.reserved,
                                      right.quantity, right.reserved);
    }
    check.verdict = differing == 0 ? Verdict::kPass : Verdict::kFail;
    return check;
}

}  // namespace syncline::mirror::detail
