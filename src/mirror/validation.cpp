#include "mirror/validation.hpp"

#include <set>

#include "mirror/detail/live_totals.hpp"
#include "mirror/detail/record_row.hpp"
#include "mirror/detail/validation_checks.hpp"

namespace syncline::mirror {
namespace {

// The records that a check looks at; the sums of order lines and the currencies' rounding, for those that ask.
constexpr std::string_view kViews =
    "with o as (select external_id as id, sync_data as d from odoo.records where org_id = $1 and connector = $2"
    " and entity = $3 and gone_at is null),"
    " l as (select sync_data->>'order_id' as order_id, count(*) as lines,"
    "  sum((sync_data->>'price_subtotal')::numeric) as net, sum((sync_data->>'price_tax')::numeric) as tax"
    "  from odoo.records where org_id = $1 and connector = $2 and entity = 'sale_order_line' and gone_at is null"
    "  and coalesce(sync_data->>'display_type', 'false') in ('false', '') group by 1),"
    " c as (select external_id as id, (sync_data->>'rounding')::numeric as rounding from odoo.records"
    "  where org_id = $1 and connector = $2 and entity = 'currency')";

struct Store {
    pg::Database& database;
    const Source& source;
    std::set<std::string, std::less<>> pulled;

    Result<pg::Rows> ask(std::string_view sql, const pg::Params& params) const {
        return database.transact(source.org.text(), [&](pg::Transaction& tx) { return tx.exec(sql, params); });
    }
};

std::string counted(std::int64_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what);
}

// `wrong` selects ids; answers how many, and some of them.
Result<void> judge(const Store& store, std::string_view entity, std::string_view wrong, Check& check) {
    const std::string sql =
        std::string(kViews) + ", w as (" + std::string(wrong) +
        ") select (select count(*) from o) as total, (select count(*) from w) as wrong,"
        " (select string_agg(id::text, ', ') from (select id from w order by id limit 10) s) as ids,"
        " (select count(*) from l) + (select count(*) from c) as seen";
    const pg::Rows rows = TRY(store.ask(sql, {store.source.org.text(), store.source.connector, entity}));
    const std::int64_t bad = rows.integer(0, "wrong");
    check.verdict = bad == 0 ? Verdict::kPass : Verdict::kFail;
    check.found = counted(bad, "wrong of " + std::to_string(rows.integer(0, "total")));
    if (bad > 0) check.evidence = std::string(entity) + " " + std::string(rows.text(0, "ids"));
    return ok();
}

bool needs(const Store& store, std::string_view entity, Check& check) {
    if (entity.empty() || store.pulled.contains(entity)) return true;
    check.evidence = std::string(entity) + " was not pulled";
    return false;
}

Result<Check> reference(const Store& store, const detail::ReferenceCheck& row) {
    Check check{
        std::string(row.area), std::string(row.name), Verdict::kSkipped, "an id of " + std::string(row.target), "", ""};
    if (!needs(store, row.entity, check) || !needs(store, row.target, check)) return check;
    const std::string value = row.or_field.empty() ? "o.d->>'" + std::string(row.field) + "'"
                                                   : "coalesce(o.d->>'" + std::string(row.field) + "', o.d->>'" +
                                                         std::string(row.or_field) + "')";
    std::string wrong =
        "select o.id from o left join odoo.records t on t.org_id = $1 and t.connector = $2"
        " and t.entity = '" +
        std::string(row.target) +
        "' and t.gone_at is null"
        " and t.external_id::text = " +
        value + " where t.external_id is null";
    if (row.may_be_empty) wrong += " and coalesce(" + value + ", 'false') not in ('false', '')";
    TRY(judge(store, row.entity, wrong, check));
    return check;
}

Result<Check> rule(const Store& store, const detail::RuleCheck& row) {
    Check check{std::string(row.area), std::string(row.name), Verdict::kSkipped, std::string(row.expected), "", ""};
    if (!needs(store, row.entity, check) || !needs(store, row.needs, check)) return check;
    TRY(judge(store, row.entity, row.wrong, check));
    return check;
}

// A row of a company that is not this org's is never there, whatever asked for it.
Result<Check> isolation(const Store& store, const Entity& entity) {
    Check check{"platform",
                "no " + std::string(entity.name) + " of a company that is not ours",
                Verdict::kSkipped,
                "our companies, or none",
                "",
                ""};
    if (!needs(store, entity.name, check)) return check;
    const std::string value = "o.d->>'" + std::string(entity.company_field) + "'";
    TRY(judge(store, entity.name,
              "select o.id from o where coalesce(" + value +
                  ", 'false') not in ('false', '') and not exists"
                  " (select from odoo.companies m where m.org_id = $1 and m.connector = $2 and m.company_id::text = " +
                  value + ")",
              check));
    return check;
}

std::string_view area_of(std::string_view entity) {
    if (entity == "partner") return "customers";
    if (entity.starts_with("sale_order") || entity.starts_with("invoice") || entity == "tax") return "orders";
    if (entity == "stock" || entity == "location" || entity == "warehouse" || entity == "picking" || entity == "move") {
        return "inventory";
    }
    if (entity.starts_with("company") || entity.starts_with("country") || entity == "currency") return "platform";
    return "products";
}

Result<Check> live_count(const Store& store, odoo::Client& client, const Entity& entity,
                         const std::vector<Company>& companies) {
    const Scope scope = TRY(scope_of(client, entity, companies));
    Check check{std::string(area_of(entity.name)),
                "as many " + std::string(entity.name) + " as in Odoo",
                Verdict::kSkipped,
                "",
                "",
                ""};
    if (scope.model.empty()) {
        check.evidence = scope.absent;
        return check;
    }
    const std::int64_t live = TRY(client.search_count(scope.model, scope.domain, scope.companies));
    const pg::Rows rows =
        TRY(store.ask("select count(*) as n from odoo.records where org_id = $1 and connector = $2"
                      " and entity = $3 and gone_at is null",
                      {store.source.org.text(), store.source.connector, entity.name}));
    check.expected = counted(live, "in Odoo");
    check.found = counted(rows.integer(0, "n"), "here");
    check.verdict = live == rows.integer(0, "n") ? Verdict::kPass : Verdict::kFail;
    return check;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::kPass: return "pass";
        case Verdict::kFail: return "fail";
        case Verdict::kSkipped: break;
    }
    return "skipped";
}

Result<std::vector<Check>> validate(pg::Database& database, odoo::Client& client, const Source& source,
                                    const std::vector<Company>& companies) {
    Store store{database, source, {}};
    const pg::Rows pulled = TRY(store.ask(
        "select entity from odoo.entities where org_id = $1 and connector = $2 and absent = '' and full_at is not null",
        {source.org.text(), source.connector}));
    for (std::size_t i = 0; i < pulled.size(); ++i) store.pulled.emplace(pulled.text(i, "entity"));
    std::vector<Check> checks;
    for (const Entity& entity : all_entities()) {
        if (store.pulled.contains(entity.name)) checks.push_back(TRY(live_count(store, client, entity, companies)));
    }
    if (store.pulled.contains("stock")) {
        const Scope scope = TRY(scope_of(client, **entity_named("stock"), companies));
        checks.push_back(TRY(detail::live_inventory(database, client, source, scope)));
    }
    for (const detail::ReferenceCheck& row : detail::reference_checks()) checks.push_back(TRY(reference(store, row)));
    for (const detail::RuleCheck& row : detail::rule_checks()) checks.push_back(TRY(rule(store, row)));
    for (const Entity& entity : all_entities()) {
        if (!entity.company_field.empty()) checks.push_back(TRY(isolation(store, entity)));
    }
    return checks;
}

json::Array to_json(const std::vector<Check>& checks) {
    json::Array list;
    for (const Check& check : checks) {
        list.push_back(json::Object{{"area", check.area},
                                    {"check", check.name},
                                    {"result", to_string(check.verdict)},
                                    {"expected", check.expected},
                                    {"found", check.found},
                                    {"evidence", check.evidence}});
    }
    return list;
}

}  // namespace syncline::mirror
