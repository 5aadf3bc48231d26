#include "promote/detail/sku_store.hpp"

#include <vector>

namespace syncline::promote::detail {
namespace {

std::string text_array(const std::set<std::string>& texts) {
    return pg::array_literal(std::vector<std::string>(texts.begin(), texts.end()));
}

}  // namespace

Result<SkuBook> sku_book(pg::Transaction& tx, const mirror::Source& source, std::string_view plan,
                         const std::set<std::string>& skus, std::int64_t pass_start) {
    SkuBook book;
    if (skus.empty()) return book;
    const std::string wanted = text_array(skus);
    const pg::Rows held = TRY(tx.exec(
        "select c.sku_held as sku, c.id, coalesce(m.external_id, 0) as external_id, l.line is not null as moves "
        "from core.variants c "
        "left join core.mappings m on m.org_id = c.org_id and m.connector = $2 and m.core_table = 'variants' "
        "and m.internal_id = c.id and m.is_active "
        "left join promote.plan_lines l on l.org_id = c.org_id and l.plan = $3 and l.core_table = 'variants' "
        "and l.internal_id = c.id and l.line <= $5 and l.after is not null "
        "and (l.after ->> 'sku' <> c.sku_held or not (l.after ->> 'active')::boolean) "
        "where c.org_id = $1 and c.sku_held = any($4::text[])",
        {source.org.text(), source.connector, plan, wanted, pass_start}));
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (held.boolean(i, "moves")) book.moves(std::string(held.text(i, "id")));
        book.holds(std::string(held.text(i, "sku")), {std::string(held.text(i, "id")), held.integer(i, "external_id")});
    }
    const pg::Rows planned =
        TRY(tx.exec("select after ->> 'sku' as sku, internal_id, external_id from promote.plan_lines where org_id = $1 "
                    "and plan = $2 and core_table = 'variants' and after is not null and after ->> 'sku' = "
                    "any($3::text[]) and (after ->> 'active')::boolean",
                    {source.org.text(), plan, wanted}));
    for (std::size_t i = 0; i < planned.size(); ++i) {
        book.planned(planned.text(i, "sku"),
                     {std::string(planned.text(i, "internal_id")), planned.integer(i, "external_id")});
    }
    return book;
}

Result<std::unordered_map<std::string, Unmapped>> unmapped_rows(pg::Transaction& tx, const mirror::Source& source,
                                                                std::string_view plan,
                                                                const std::set<std::string>& skus) {
    std::unordered_map<std::string, Unmapped> found;
    if (skus.empty()) return found;
    const pg::Rows rows = TRY(tx.exec(
        "select c.sku_held as sku, case when m.internal_id is null and l.line is null then c.id end as variant, "
        "case when pm.internal_id is null and pl.line is null then c.product_id end as product "
        "from core.variants c "
        "left join core.mappings m on m.org_id = c.org_id and m.connector = $2 and m.core_table = 'variants' "
        "and m.internal_id = c.id and m.is_active "
        "left join core.mappings pm on pm.org_id = c.org_id and pm.connector = $2 and pm.core_table = 'products' "
        "and pm.internal_id = c.product_id and pm.is_active "
        "left join promote.plan_lines l on l.org_id = c.org_id and l.plan = $3 and l.core_table = 'variants' "
        "and l.internal_id = c.id "
        "left join promote.plan_lines pl on pl.org_id = c.org_id and pl.plan = $3 and pl.core_table = 'products' "
        "and pl.internal_id = c.product_id "
        "where c.org_id = $1 and c.sku_held = any($4::text[])",
        {source.org.text(), source.connector, plan, text_array(skus)}));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found[std::string(rows.text(i, "sku"))] = {std::string(rows.text(i, "variant")),
                                                   std::string(rows.text(i, "product"))};
    }
    return found;
}

}  // namespace syncline::promote::detail
