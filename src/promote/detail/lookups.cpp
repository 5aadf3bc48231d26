#include "promote/detail/lookups.hpp"

namespace syncline::promote::detail {
namespace {

// A location's warehouse, a value's attribute: no chain is longer.
constexpr int kRoundsMax = 4;

// Of a record: what some hop or another reads.
json::Object looked_at(const json::Object& data) {
    json::Object kept;
    for (const std::string_view field :
         {"id", "name", "code", "complete_name", "usage", "warehouse_id", "decimal_places", "attribute_id",
          "product_attribute_value_id", "price_extra"}) {
        if (const json::Value* value = data.if_contains(field)) kept[field] = *value;
    }
    return kept;
}

bool drop_known(Ids& ids, const Ids& tried) {
    bool any = false;
    for (auto& [entity, wanted] : ids) {
        if (const auto it = tried.find(entity); it != tried.end()) {
            std::erase_if(wanted, [&](std::int64_t id) { return it->second.contains(id); });
        }
        any = any || !wanted.empty();
    }
    return any;
}

void note(Ids& tried, const Ids& ids) {
    for (const auto& [entity, wanted] : ids) tried[entity].insert(wanted.begin(), wanted.end());
}

}  // namespace

Result<const Known*> Lookups::gather(std::string_view entity, const std::vector<mirror::Record>& records) {
    known_.rows.clear();
    known_.mirrored.clear();
    if (seen_count_ > kSeenMax) {
        known_.seen.clear();
        seen_count_ = 0;
    }
    Ids tried_seen, tried_rows;
    for (int round = 0; round < kRoundsMax; ++round) {
        Needs needs;
        for (const mirror::Record& record : records) {
            if (!record.gone) gather_needs(table_for(entity, record.data), record.data, known_, needs);
        }
        const bool more_seen = drop_known(needs.seen, tried_seen);
        const bool more_rows = drop_known(needs.rows, tried_rows);
        if (!more_seen && !more_rows) break;
        for (const auto& [of, ids] : needs.seen) TRY(load_seen(of, ids));
        for (const auto& [of, ids] : needs.rows) TRY(load_rows(of, ids));
        note(tried_seen, needs.seen);
        note(tried_rows, needs.rows);
    }
    return &known_;
}

Result<void> Lookups::load_seen(std::string_view entity, const std::set<std::int64_t>& ids) {
    if (ids.empty()) return ok();
    auto& seen = known_.seen[std::string(entity)];
    for (mirror::Record& record : TRY(mirror::records(tx_, source_, entity, {ids.begin(), ids.end()}))) {
        json::Object kept = looked_at(record.data);
        kept["id"] = record.external_id;
        seen_count_ += seen.insert_or_assign(record.external_id, std::move(kept)).second;
    }
    return ok();
}

// Rows that are there, and those that this plan makes.
Result<void> Lookups::load_rows(std::string_view entity, const std::set<std::int64_t>& ids) {
    if (ids.empty()) return ok();
    const pg::Rows rows =
        TRY(tx_.exec("select e.id as external_id, coalesce(l.core_table, m.core_table) as core_table, "
                     "coalesce(l.internal_id, m.internal_id) as internal_id, "
                     "coalesce(l.after ->> 'customer_id', a.customer_id::text) as customer "
                     "from unnest($4::bigint[]) as e(id) "
                     "left join promote.plan_lines l on l.org_id = $1 and l.plan = $5 and l.entity = $3 "
                     "and l.external_id = e.id and l.action <> 'quarantine' and l.internal_id is not null "
                     "left join core.mappings m on m.org_id = $1 and m.connector = $2 and m.entity = $3 "
                     "and m.external_id = e.id and m.is_active "
                     "left join core.addresses a on a.org_id = $1 and a.id = coalesce(l.internal_id, m.internal_id) "
                     "where coalesce(l.internal_id, m.internal_id) is not null",
                     {source_.org.text(), source_.connector, entity, pg::array_literal(ids), plan_}));
    auto& known = known_.rows[std::string(entity)];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        known[rows.integer(i, "external_id")] = {std::string(rows.text(i, "core_table")),
                                                 std::string(rows.text(i, "internal_id")),
                                                 std::string(rows.text(i, "customer"))};
    }
    std::vector<std::int64_t> waiting;
    for (const std::int64_t id : ids) {
        if (!known.contains(id)) waiting.push_back(id);
    }
    if (waiting.empty()) return ok();
    auto& mirrored = known_.mirrored[std::string(entity)];
    for (const mirror::Record& record : TRY(mirror::records(tx_, source_, entity, waiting))) {
        mirrored.insert(record.external_id);
    }
    return load_quarantined(entity, waiting);
}

// By this plan; of an entity that this plan does not look at, by the last one that did.
Result<void> Lookups::load_quarantined(std::string_view entity, const std::vector<std::int64_t>& ids) {
    const pg::Rows rows =
        TRY(tx_.exec("select external_id from promote.plan_lines where org_id = $1 and plan = $5 and entity = $3 "
                     "and action = 'quarantine' and external_id = any($4::bigint[]) "
                     "union select external_id from promote.quarantine where org_id = $1 and connector = $2 "
                     "and entity = $3 and external_id = any($4::bigint[]) and not exists (select from "
                     "promote.plans where org_id = $1 and plan = $5 and $3 = any(entities))",
                     {source_.org.text(), source_.connector, entity, pg::array_literal(ids), plan_}));
    auto& quarantined = known_.quarantined[std::string(entity)];
    for (std::size_t i = 0; i < rows.size(); ++i) quarantined.insert(rows.integer(i, 0));
    return ok();
}

Result<std::unordered_map<std::int64_t, RowRef>> Lookups::own_rows(std::string_view entity,
                                                                   const std::vector<mirror::Record>& records) {
    std::vector<std::int64_t> ids;
    for (const mirror::Record& record : records) ids.push_back(record.external_id);
    const pg::Rows rows =
        TRY(tx_.exec("select external_id, core_table, internal_id from core.mappings where org_id = $1 and connector = "
                     "$2 and entity = $3 and external_id = any($4::bigint[]) and is_active",
                     {source_.org.text(), source_.connector, entity, pg::array_literal(ids)}));
    std::unordered_map<std::int64_t, RowRef> own;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        own[rows.integer(i, "external_id")] = {std::string(rows.text(i, "core_table")),
                                               std::string(rows.text(i, "internal_id")), ""};
    }
    return own;
}

}  // namespace syncline::promote::detail
