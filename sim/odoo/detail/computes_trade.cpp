// The trade fields whose values follow from other rows.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/odoo/detail/computes.hpp"
#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {
namespace {

std::string coded(const std::string& code, std::string name) {
    return code.empty() ? name : fmt::format("[{}] {}", code, std::move(name));
}

Cell template_name(const Env& env, const Record& row) {
    const Model& model = env.model("product.template");
    return coded(text(env.get(model, row.id, "default_code")), text(env.get(model, row.id, "name")));
}

Ids choice(const Env& env, const Record& row) {
    const Model& model = env.model("product.product");
    return env.raw_ids(model, row, *model.find("product_template_attribute_value_ids"));
}

// Values of which there is another one: "a size of one" is not worth a word.
Cell telling_values(const Env& env, const Record& row) {
    Ids found;
    for (const std::int64_t id : choice(env, row)) {
        const Model& model = env.model("product.template.attribute.value");
        if (integer(env.get(model, id, "attribute_line_id.value_count")) > 1) found.push_back(id);
    }
    return found;
}

Cell variant_name(const Env& env, const Record& row) {
    const Model& model = env.model("product.product");
    std::string values;
    const Cell telling = telling_values(env, row);
    for (const std::int64_t id : ids(telling)) {
        values +=
            (values.empty() ? "" : ", ") + text(env.get(env.model("product.template.attribute.value"), id, "name"));
    }
    std::string name = text(env.get(model, row.id, "product_tmpl_id.name"));
    if (!values.empty()) name += " (" + values + ")";
    return coded(text(env.get(model, row.id, "default_code")), std::move(name));
}

double stock_of(const Env& env, std::int64_t variant) {
    double sum = 0;
    const Model* quants = env.registry.find("stock.quant");
    for (const std::int64_t quant : env.referring("stock.quant", "product_id", variant)) {
        if (text(env.get(*quants, quant, "location_id.usage")) != "internal") continue;
        const std::int64_t owner = integer(env.get(*quants, quant, "location_id.company_id"));
        if (owner != 0 && owner != env.company()) continue;
        sum += number(env.get(*quants, quant, "quantity"));
    }
    return sum;
}
Cell variant_stock(const Env& env, const Record& row) { return stock_of(env, row.id); }

Ids variants_of(const Env& env, const Record& row) {
    return env.referring("product.product", "product_tmpl_id", row.id);
}
Cell template_stock(const Env& env, const Record& row) {
    double sum = 0;
    for (const std::int64_t id : variants_of(env, row)) sum += stock_of(env, id);
    return sum;
}
Cell variant_count(const Env& env, const Record& row) { return std::int64_t(variants_of(env, row).size()); }
Cell first_variant(const Env& env, const Record& row) {
    const Ids all = variants_of(env, row);
    return all.empty() ? Cell{} : Cell{all.front()};
}
Cell lines_of_template(const Env& env, const Record& row) {
    return env.referring("product.template.attribute.line", "product_tmpl_id", row.id);
}
// What a template shows of its only variant.
Cell of_only_variant(const Env& env, const Record& row, std::string_view field) {
    const Ids all = variants_of(env, row);
    return all.size() == 1 ? env.get(env.model("product.product"), all.front(), field) : Cell{};
}
Cell only_barcode(const Env& env, const Record& row) { return of_only_variant(env, row, "barcode"); }
Cell only_cost(const Env& env, const Record& row) { return number(of_only_variant(env, row, "standard_price")); }
Cell own_currency(const Env& env, const Record&) {
    return env.get(env.model("res.company"), env.company(), "currency_id");
}

double extra(const Env& env, const Record& row) {
    double sum = 0;
    for (const std::int64_t id : choice(env, row))
        sum += number(env.get(env.model("product.template.attribute.value"), id, "price_extra"));
    return sum;
}
Cell price_extra(const Env& env, const Record& row) { return extra(env, row); }
Cell variant_price(const Env& env, const Record& row) {
    return number(env.get(env.model("product.product"), row.id, "list_price")) + extra(env, row);
}
Cell combination(const Env& env, const Record& row) {
    std::string out;
    for (const std::int64_t id : choice(env, row)) out += (out.empty() ? "" : ",") + std::to_string(id);
    return out.empty() ? Cell{} : Cell{out};
}

Cell attribute_products(const Env& env, const Record& row) {
    Ids found;
    for (const std::int64_t line : env.referring("product.template.attribute.line", "attribute_id", row.id)) {
        found.push_back(integer(env.get(env.model("product.template.attribute.line"), line, "product_tmpl_id")));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}
// "Size: S"
Cell value_name(const Env& env, const Record& row) {
    const Model& model = env.model("product.attribute.value");
    return text(env.get(model, row.id, "attribute_id.name")) + ": " + text(env.get(model, row.id, "name"));
}
Cell template_value_name(const Env& env, const Record& row) {
    const Model& model = env.model("product.template.attribute.value");
    return text(env.get(model, row.id, "attribute_id.name")) + ": " + text(env.get(model, row.id, "name"));
}
Cell line_name(const Env& env, const Record& row) {
    return text(env.get(env.model("product.template.attribute.line"), row.id, "attribute_id.name"));
}

// "Shoes / Running"
Cell category_path_name(const Env& env, const Record& row) {
    const Model& model = env.model("product.category");
    const std::string above = text(env.get(model, row.id, "parent_id.complete_name"));
    const std::string name = text(env.get(model, row.id, "name"));
    return above.empty() ? name : above + " / " + name;
}
Cell category_path(const Env& env, const Record& row) {
    const Model& model = env.model("product.category");
    return text(env.get(model, row.id, "parent_id.parent_path")) + std::to_string(row.id) + "/";
}
// "WH/Stock": what holds the warehouses is not named.
Cell location_name(const Env& env, const Record& row) {
    const Model& model = env.model("stock.location");
    const std::string name = text(env.get(model, row.id, "name"));
    const std::int64_t above = integer(env.get(model, row.id, "location_id"));
    if (above == 0 || text(env.get(model, row.id, "usage")) == "view") return name;
    return text(env.get(model, above, "complete_name")) + "/" + name;
}
Cell location_path(const Env& env, const Record& row) {
    const Model& model = env.model("stock.location");
    return text(env.get(model, row.id, "location_id.parent_path")) + std::to_string(row.id) + "/";
}
Cell unit_factor(const Env& env, const Record& row) {
    const Model& model = env.model("uom.uom");
    const double own = number(env.get(model, row.id, "relative_factor"));
    const std::int64_t base = integer(env.get(model, row.id, "relative_uom_id"));
    return base == 0 ? own : own * number(env.get(model, base, "factor"));
}
Cell unit_path(const Env& env, const Record& row) {
    const Model& model = env.model("uom.uom");
    return text(env.get(model, row.id, "relative_uom_id.parent_path")) + std::to_string(row.id) + "/";
}

Cell invoice_customer(const Env& env, const Record& row) {
    return env.get(env.model("account.move"), row.id, "partner_id.commercial_partner_id");
}
// "INV/2026/00001 (PO-77)"
Cell invoice_name(const Env& env, const Record& row) {
    const Model& model = env.model("account.move");
    const std::string name = text(env.get(model, row.id, "name"));
    const std::string ref = text(env.get(model, row.id, "ref"));
    if (name.empty()) return fmt::format("Draft Invoice (* {})", row.id);
    return ref.empty() ? name : fmt::format("{} ({})", name, ref);
}
Cell invoice_lines(const Env& env, const Record& row) {
    Ids found;
    const Model& lines = env.model("account.move.line");
    for (const std::int64_t id : env.referring("account.move.line", "move_id", row.id)) {
        const std::string kind = text(env.get(lines, id, "display_type"));
        if (kind != "tax" && kind != "payment_term") found.push_back(id);
    }
    return found;
}
Cell line_template(const Env& env, const Record& row) {
    return env.get(env.model("sale.order.line"), row.id, "product_id.product_tmpl_id");
}

constexpr std::array kTradeComputes{
    Computed{"product.template", "display_name", template_name},
    Computed{"product.template", "qty_available", template_stock},
    Computed{"product.template", "virtual_available", template_stock},
    Computed{"product.template", "product_variant_count", variant_count},
    Computed{"product.template", "product_variant_id", first_variant},
    Computed{"product.template", "valid_product_template_attribute_line_ids", lines_of_template},
    Computed{"product.template", "barcode", only_barcode},
    Computed{"product.template", "standard_price", only_cost},
    Computed{"product.template", "currency_id", own_currency},
    Computed{"product.template", "cost_currency_id", own_currency},
    Computed{"product.product", "display_name", variant_name},
    Computed{"product.product", "qty_available", variant_stock},
    Computed{"product.product", "free_qty", variant_stock},
    Computed{"product.product", "virtual_available", variant_stock},
    Computed{"product.product", "product_template_variant_value_ids", telling_values},
    Computed{"product.product", "combination_indices", combination},
    Computed{"product.product", "price_extra", price_extra},
    Computed{"product.product", "lst_price", variant_price},
    Computed{"product.attribute", "product_tmpl_ids", attribute_products},
    Computed{"product.attribute.value", "display_name", value_name},
    Computed{"product.template.attribute.value", "display_name", template_value_name},
    Computed{"product.template.attribute.line", "display_name", line_name},
    Computed{"product.category", "complete_name", category_path_name},
    Computed{"product.category", "parent_path", category_path},
    Computed{"stock.location", "complete_name", location_name},
    Computed{"stock.location", "parent_path", location_path},
    Computed{"uom.uom", "factor", unit_factor},
    Computed{"uom.uom", "parent_path", unit_path},
    Computed{"account.move", "commercial_partner_id", invoice_customer},
    Computed{"account.move", "display_name", invoice_name},
    Computed{"account.move", "invoice_line_ids", invoice_lines},
    Computed{"sale.order.line", "product_template_id", line_template},
};

}  // namespace

std::span<const Computed> trade_computes() { return kTradeComputes; }

}  // namespace syncline::sim::odoo_detail
