// A small shop in the mirror, in the shapes in which Odoo sends it, and promotion over it.
#pragma once

#include <string>
#include <vector>

#include "mirror/selection.hpp"
#include "mirror/testing/rows.hpp"
#include "promote/apply.hpp"
#include "promote/approval.hpp"
#include "promote/standing.hpp"
#include "promote/table.hpp"
#include "promote/undo.hpp"

namespace syncline::promote::testing {

class ShopTest : public mirror::testing::MirrorTest {
protected:
    void SetUp() override {
        MirrorTest::SetUp();
        for (const std::string_view entity : promoted_entities()) choose_all(entity);
    }

    static json::Object object(std::string_view text) { return json::parse(text).value().get_object(); }

    void choose_all(std::string_view entity, mirror::Rule rule = {true, true, true}) {
        must(database().run(org(), [&](pg::Transaction& tx) {
            return mirror::set_rule(tx, source_, entity, mirror::Direction::kInbound, rule, {"anna", clock_.now()});
        }));
    }

    // A record as the server sends it first, or again: then it is a new version.
    void record(std::string_view entity, std::int64_t id, json::Object data, bool gone = false) {
        data["id"] = id;
        const std::string text = json::canonical(data);
        run("insert into odoo.records as r (org_id, connector, entity, external_id, version, hash, stamp, active, "
            "name, "
            "sku, run, seen_at, sync_data, gone_at, gone_why) values ($1, 'odoo', $2, $3, 1, $4, '2026-11-21 "
            "08:00:00', "
            "$5, $6, $7, $8, $9, $10, $11, 'deleted') on conflict (org_id, connector, entity, external_id) do update "
            "set "
            "version = r.version + 1, hash = excluded.hash, active = excluded.active, name = excluded.name, sku = "
            "excluded.sku, sync_data = excluded.sync_data, seen_at = excluded.seen_at, gone_at = excluded.gone_at",
            {org(), entity, id, pg::bytea_literal(vault::sha256(text)), json::bool_or(data, "active", true),
             json::text_or(data, "name"), json::text_or(data, "default_code"), mirror::testing::kRun,
             format_iso(clock_.now()), text, gone ? pg::Param(format_iso(clock_.now())) : pg::Param(nullptr)});
    }
    void product(std::int64_t id, std::string_view name, std::string_view sku = "", bool active = true) {
        json::Object data =
            object(R"({"type":"consu","is_storable":true,"list_price":99.5,"categ_id":false,"sale_ok":true,
                                       "uom_id":[1,"Units"],"taxes_id":[]})");
        data["name"] = name;
        data["active"] = active;
        if (!sku.empty()) data["default_code"] = sku;
        record("product", id, data);
    }
    void variant(std::int64_t id, std::int64_t product, std::string_view sku, bool active = true) {
        record("variant", id,
               {{"product_tmpl_id", json::Array{product, "a product"}},
                {"default_code", sku},
                {"active", active},
                {"barcode", false},
                {"standard_price", 44.0},
                {"product_template_attribute_value_ids", json::Array{}}});
    }
    void partner(std::int64_t id, std::string_view name, std::int64_t commercial = 0) {
        record("partner", id,
               {{"name", name},
                {"commercial_partner_id", json::Array{commercial == 0 ? id : commercial, "M"}},
                {"parent_id", commercial == 0 ? json::Value(false) : json::Value(json::Array{commercial, "M"})},
                {"type", commercial == 0 ? "contact" : "delivery"},
                {"email", "info@example.com"},
                {"country_id", false},
                {"is_company", commercial == 0},
                {"customer_rank", 1}});
    }
    void order(std::int64_t id, std::int64_t partner) {
        record("sale_order", id,
               {{"name", "S0000" + std::to_string(id)},
                {"state", "sale"},
                {"partner_id", partner},
                {"partner_invoice_id", partner},
                {"partner_shipping_id", partner},
                {"currency_id", json::Array{1, "USD"}},
                {"amount_untaxed", 199.0},
                {"amount_tax", 0.0},
                {"amount_total", 199.0},
                {"date_order", "2026-11-21 00:23:49"}});
    }
    void order_line(std::int64_t id, std::int64_t order, std::int64_t variant) {
        record("sale_order_line", id,
               {{"name", "a line"},
                {"order_id", order},
                {"product_id", variant},
                {"display_type", false},
                {"product_uom_qty", 2.0},
                {"product_uom_id", json::Array{1, "Units"}},
                {"price_unit", 99.5},
                {"price_total", 199.0},
                {"tax_ids", json::Array{}},
                {"currency_id", json::Array{1, "USD"}}});
    }
    // Two categories (the child first), a customer with an address, two products, three variants, an order.
    void fill() {
        record("category", 1,
               {{"name", "Shoes"}, {"complete_name", "All / Shoes"}, {"parent_id", json::Array{2, "All"}}});
        record("category", 2, {{"name", "All"}, {"complete_name", "All"}, {"parent_id", false}});
        partner(3, "Delivery", 8);
        partner(8, "Müller & Söhne GmbH");
        product(1, "Trail Shoe");
        product(2, "Road Shoe", "RS-1");
        variant(1, 1, "TS-S");
        variant(2, 1, "TS-M");
        variant(3, 2, "RS-1");
        order(1, 3);
        order_line(1, 1, 2);
    }

    Context context() { return {database(), clock_, random_, {access::default_org(), "shop"}, source_, settings_}; }
    Plan plan(const std::vector<std::string>& entities = {}) {
        Context it = context();
        return get(make_plan(it, entities, "anna"));
    }
    Approved approve(const Plan& of, const std::string& by = "bert") {
        Context it = context();
        return get(decide(it, of.hash, Verdict::kApprove, by, "it is right"));
    }
    Applied apply_it(const Plan& of) {
        Context it = context();
        return get(apply(it, of.hash));
    }
    // Plans, approves and applies.
    Applied promote(const std::vector<std::string>& entities = {}) {
        const Plan made = plan(entities);
        if (made.hash.empty()) return {};
        approve(made);
        return apply_it(made);
    }
    Undone undo_it(const std::string& of) {
        Context it = context();
        return get(undo(it, of, "anna", "a mistake"));
    }

    // All that the core holds, without times: one text.
    std::string core() {
        std::string all;
        for (const Table& table : all_tables()) {
            const pg::Rows rows =
                run("select coalesce(string_agg(id::text || core.content(to_jsonb(t))::text, E'\\n' "
                    "order by id), '') as rows from core." +
                        std::string(table.core_table) + " t where org_id = $1",
                    {org()});
            all += std::string(table.core_table) + "\n" + std::string(rows.text(0, "rows")) + "\n";
        }
        return all;
    }
    std::string statuses() {
        const pg::Rows rows =
            run("select coalesce(string_agg(entity || ' ' || external_id || ' ' || status, E'\\n' order "
                "by entity, external_id), '') as all from odoo.records where org_id = $1",
                {org()});
        return std::string(rows.text(0, "all"));
    }
    std::string one(std::string_view sql, const pg::Params& params = {}) {
        const pg::Rows rows = run(sql, params);
        return rows.empty() ? "" : std::string(rows.text(0, std::size_t{0}));
    }

    VirtualClock clock_{parse_time("2026-11-28T08:00:00Z").value()};
    SeededRandom random_{1};
    Settings settings_;
};

}  // namespace syncline::promote::testing
