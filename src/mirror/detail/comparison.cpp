#include "mirror/detail/comparison.hpp"

#include <map>
#include <set>

namespace syncline::mirror::detail {
namespace {

constexpr std::size_t kShownMax = 200;

std::string shown(const json::Value* value) {
    if (!value) return "";
    std::string text = json::canonical(*value);
    if (text.size() > kShownMax) text = label(text).substr(0, kShownMax) + "…";
    return text;
}

void add_fields(std::int64_t id, const std::string& what, const json::Object& stored, const json::Object& live,
                Findings& findings) {
    std::set<std::string> names;
    for (const auto& [name, unused] : stored) names.emplace(name);
    for (const auto& [name, unused] : live) names.emplace(name);
    for (const std::string& name : names) {
        const json::Value* before = stored.if_contains(name);
        const json::Value* now = live.if_contains(name);
        if (before && now && *before == *now) continue;
        findings.add({what, id, name, shown(before), shown(now)});
    }
}

}  // namespace

Result<std::int64_t> compare(pg::Database& database, odoo::Client& client, const Source& source,
                             const ReadingPlan& plan, const std::vector<std::int64_t>& ids,
                             const std::function<std::string(std::string_view stamp)>& judge, Findings& findings) {
    RawChunk chunk = TRY(fetch(client, plan, ids));
    const std::vector<Row> live = TRY(rows_of(plan, chunk));
    const std::string_view entity = plan.scope.entity->name;
    std::map<std::int64_t, std::string> hashes;
    const pg::Rows stored = TRY(database.transact(source.org.text(), [&](pg::Transaction& tx) {
        return tx.exec(
            "select external_id, hash from odoo.records where org_id = $1 and connector = $2"
            " and entity = $3 and external_id = any($4::bigint[]) and gone_at is null",
            {source.org.text(), source.connector, entity, pg::array_literal(ids)});
    }));
    for (std::size_t i = 0; i < stored.size(); ++i) hashes[stored.integer(i, "external_id")] = stored.bytes(i, "hash");
    std::vector<std::int64_t> differing;
    std::map<std::int64_t, const Row*> live_by_id;
    std::int64_t compared = 0;
    for (const Row& row : live) {
        const auto hash = hashes.find(row.id);
        if (hash == hashes.end()) continue;
        ++compared;
        if (hash->second == row.hash) continue;
        differing.push_back(row.id);
        live_by_id[row.id] = &row;
    }
    if (differing.empty()) return compared;
    const std::vector<Record> kept = TRY(database.transact(
        source.org.text(), [&](pg::Transaction& tx) { return records(tx, source, entity, differing); }));
    for (const Record& record : kept) {
        const Row& row = *live_by_id.at(record.external_id);
        const json::Value data = TRY(json::parse(row.data));
        add_fields(record.external_id, judge(row.stamp), record.data, data.as_object(), findings);
    }
    return compared;
}

}  // namespace syncline::mirror::detail
