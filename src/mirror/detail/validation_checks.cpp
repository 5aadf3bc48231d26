#include "mirror/detail/validation_checks.hpp"

namespace syncline::mirror::detail {
namespace {

constexpr ReferenceCheck kReferences[] = {
    {"products", "every product has a category", "product", "categ_id", "", "category", true},
    {"products", "every variant has its template", "variant", "product_tmpl_id", "", "product", false},
    {"products", "attribute lines know their attribute", "attribute_line", "attribute_id", "", "attribute", false},
    {"products", "attribute lines know their template", "attribute_line", "product_tmpl_id", "", "product", false},
    {"products", "attribute values know their attribute", "attribute_value", "attribute_id", "", "attribute", false},
    {"customers", "addresses belong to a customer that is here", "partner", "parent_id", "", "partner", true},
    {"orders", "every order has its customer", "sale_order", "partner_id", "", "partner", false},
    {"orders", "every order has its currency", "sale_order", "currency_id", "", "currency", false},
    {"orders", "every line has its order", "sale_order_line", "order_id", "", "sale_order", false},
    {"orders", "every line of a product has its variant", "sale_order_line", "product_id", "", "variant", true},
    {"orders", "every line has its unit", "sale_order_line", "product_uom_id", "product_uom", "uom", true},
    {"inventory", "stock is of variants that are here", "stock", "product_id", "", "variant", false},
    {"inventory", "stock lies where a location is here", "stock", "location_id", "", "location", false},
};

// Lines that only head or comment have no amounts.
constexpr RuleCheck kRules[] = {
    {"products", "every active variant has a SKU", "variant", "", "a SKU on each",
     "select o.id from o where coalesce(o.d->>'default_code', 'false') in ('false', '')"
     " and coalesce(o.d->>'active', 'true') <> 'false'"},
    {"products", "no SKU is on two active variants", "variant", "", "each SKU once",
     "select max(o.id) as id from o where coalesce(o.d->>'default_code', 'false') not in ('false', '')"
     " and coalesce(o.d->>'active', 'true') <> 'false' group by o.d->>'default_code' having count(*) > 1"},
    {"customers", "e-mail addresses have the form of one", "partner", "", "name@domain",
     "select o.id from o where coalesce(o.d->>'email', 'false') not in ('false', '')"
     " and o.d->>'email' !~ '[^[:space:]@<>]+@[^[:space:]@<>]+[.][^[:space:]@<>]+'"},
    {"customers", "each is a customer or belongs to one", "partner", "", "customer_rank above 0, or a parent",
     "select o.id from o where o.d->>'customer_rank' is not null and (o.d->>'customer_rank')::numeric <= 0"
     " and coalesce(o.d->>'parent_id', 'false') in ('false', '')"
     " and coalesce(o.d->>'commercial_partner_id', 'false') in ('false', '', o.id::text)"},
    {"orders", "every confirmed order has lines", "sale_order", "sale_order_line", "a line or more",
     "select o.id from o where o.d->>'state' = 'sale' and not exists (select from odoo.records l where l.org_id = $1"
     " and l.connector = $2 and l.entity = 'sale_order_line' and l.gone_at is null"
     " and l.sync_data->>'order_id' = o.id::text)"},
    {"orders", "the net total is the sum of the lines", "sale_order", "sale_order_line",
     "within the currency's rounding",
     "select o.id from o left join l on l.order_id = o.id::text left join c on c.id::text = o.d->>'currency_id'"
     " where abs((o.d->>'amount_untaxed')::numeric - coalesce(l.net, 0)) > coalesce(c.rounding, 0.01)"},
    {"orders", "the tax is that of the lines", "sale_order", "sale_order_line",
     "within the currency's rounding, by line",
     "select o.id from o left join l on l.order_id = o.id::text left join c on c.id::text = o.d->>'currency_id'"
     " where l.tax is not null and abs((o.d->>'amount_tax')::numeric - l.tax)"
     " > coalesce(c.rounding, 0.01) * greatest(1, l.lines)"},
    {"orders", "total is net and tax", "sale_order", "", "within the currency's rounding",
     "select o.id from o left join c on c.id::text = o.d->>'currency_id' where abs((o.d->>'amount_total')::numeric"
     " - (o.d->>'amount_untaxed')::numeric - (o.d->>'amount_tax')::numeric) > coalesce(c.rounding, 0.01)"},
    {"platform", "order dates are naive UTC", "sale_order", "", "YYYY-MM-DD HH:MM:SS",
     "select o.id from o where coalesce(o.d->>'date_order', 'false') not in ('false', '')"
     " and o.d->>'date_order' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$'"},
    {"inventory", "no more is reserved than there is", "stock", "location", "reserved up to the quantity",
     "select o.id from o join odoo.records p on p.org_id = $1 and p.connector = $2 and p.entity = 'location'"
     " and p.external_id::text = o.d->>'location_id' and p.sync_data->>'usage' = 'internal'"
     " where (o.d->>'reserved_quantity')::numeric > greatest(0, (o.d->>'quantity')::numeric)"},
};

}  // namespace

std::span<const ReferenceCheck> reference_checks() { return kReferences; }
std::span<const RuleCheck> rule_checks() { return kRules; }

}  // namespace syncline::mirror::detail
