// Taking over into the core: plan, apply, a plan over records that changed in nothing that the core keeps, undo. Beside
// it what PostgreSQL needs to write the same rows into the same tables when nobody asks what was there, whether it may
// be written, or how to take it back.
#include <cstdlib>
#include <fstream>

#include "benchmarks.hpp"
#include "mirror/selection.hpp"
#include "pg/migrate.hpp"
#include "promote/apply.hpp"
#include "promote/approval.hpp"
#include "promote/undo.hpp"
#include "support/installation.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kSmall = 5'000;      // products, with a variant each
constexpr int kProducts = 50'000;  //
constexpr double kPlannedMin = 5'000;
constexpr double kAppliedMin = 5'000;

// As a real Odoo 19 sends them, every stored column.
constexpr std::string_view kTemplate = R"json(
    {"id":50524,"account_tag_ids":[],"active":true,"activity_ids":[],"attribute_line_ids":[],
    "can_image_1024_be_zoomed":false,"categ_id":false,"color":0,"combo_ids":[],"company_id":false,
    "country_of_origin":false,"create_date":"2026-11-21 00:41:03","create_uid":[2,"Administrator"],
    "default_code":false,"description":false,"description_picking":false,"description_pickingin":false,
    "description_pickingout":false,"description_purchase":false,"description_sale":false,"expense_policy":"no",
    "has_configurable_attributes":false,"hs_code":false,"invoice_policy":"order","is_favorite":false,
    "is_storable":false,"list_price":1.0,"lot_sequence_id":[14,"Serial Numbers"],"lot_valuated":false,
    "message_follower_ids":[2722],"message_ids":[3082],"name":"LP 19","optional_product_ids":[],
    "pricelist_rule_ids":[],"product_document_ids":[],"product_properties":[],"product_tag_ids":[],
    "product_variant_ids":[50529],"project_id":false,"project_template_id":false,
    "property_account_expense_id":false,"property_account_income_id":false,
    "property_price_difference_account_id":false,"property_stock_inventory":[11,"Inventory adjustment"],
    "property_stock_production":[12,"Production"],"purchase_ok":true,"rating_ids":[],
    "responsible_id":[2,"Administrator"],"route_ids":[],"sale_delay":0,"sale_line_warn_msg":false,
    "sale_ok":true,"seller_ids":[],"sequence":1,"service_tracking":"no","service_type":"manual",
    "supplier_taxes_id":[2],"task_template_id":false,"taxes_id":[1],"tracking":"none","type":"consu",
    "uom_id":[1,"Units"],"uom_ids":[],"variant_seller_ids":[],"volume":0.0,"website_message_ids":[],
    "weight":0.0,"write_date":"2026-11-21 00:41:03","write_uid":[2,"Administrator"]})json";
constexpr std::string_view kVariant = R"json(
    {"id":50529,"active":true,"activity_ids":[],"additional_product_tag_ids":[],"barcode":false,
    "can_image_variant_1024_be_zoomed":false,"combination_indices":"","create_date":"2026-11-21 00:41:03",
    "create_uid":[2,"Administrator"],"default_code":false,"is_favorite":false,
    "is_in_selected_section_of_order":false,"lot_properties_definition":[],"message_follower_ids":[2723],
    "message_ids":[3083],"orderpoint_ids":[],"product_document_ids":[],
    "product_template_attribute_value_ids":[],"product_template_variant_value_ids":[],
    "product_tmpl_id":[50524,"LP 19"],"product_uom_ids":[],"putaway_rule_ids":[],"rating_ids":[],
    "standard_price":0.0,"stock_move_ids":[],"stock_quant_ids":[],"storage_category_capacity_ids":[],
    "volume":0.0,"website_message_ids":[],"weight":0.0,"write_date":"2026-11-21 00:41:03",
    "write_uid":[2,"Administrator"]})json";

double peak_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
    }
    return 0;
}

class Shop {
public:
    static Result<std::unique_ptr<Shop>> open() {
        std::unique_ptr<Shop> made(new Shop);
        made->server_ = TRY(start_postgres(made->folder_.path()));
        made->database_ = TRY(pg::open_database({.dsn = made->server_->dsn(), .connections_max = 2}));
        TRY(pg::migrate(*made->database_, pg::embedded_migrations()));
        return made;
    }
    promote::Context context() { return {*database_, clock_, random_, {org_, "bench"}, {org_}}; }
    Result<pg::Rows> exec(std::string_view sql, const pg::Params& params = {}) {
        return database_->transact(org_.text(), [&](pg::Transaction& tx) { return tx.exec(sql, params); });
    }
    Result<void> as_owner(std::string_view sql) {
        return database_->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec(sql));
            return ok();
        });
    }

    // As a pull leaves them, in the shape that a real Odoo 19 sends, without links to other records.
    Result<void> fill(int from, int to) {
        for (const std::string entity : {"product", "variant"}) {
            const std::string_view base = entity == "product" ? kTemplate : kVariant;
            TRY(exec(
                "insert into odoo.records (org_id, entity, external_id, version, hash, name, sku, run, seen_at, "
                "sync_data) select $1, $2, n, 1, sha256(n::text::bytea), 'Artikel ' || n, 'SKU-' || n, "
                "'33333333-3333-4333-8333-333333333333', now(), ($3::jsonb || jsonb_build_object('id', n, 'name', "
                "'Artikel ' || n, 'default_code', case when $2 = 'variant' then 'SKU-' || n end, 'product_tmpl_id', "
                "jsonb_build_array(n, 'Artikel ' || n), 'taxes_id', '[]'::jsonb, 'list_price', n * 0.01))::text::json "
                "from generate_series($4::bigint, $5::bigint) n",
                {org_.text(), entity, base, from, to}));
            TRY(database_->transact(org_.text(), [&](pg::Transaction& tx) {
                return mirror::set_rule(tx, {org_}, entity, mirror::Direction::kInbound, {true, true, true},
                                        {"bench", clock_.now()});
            }));
        }
        return as_owner("analyze");
    }

private:
    Shop() = default;
    const access::OrgId org_ = access::default_org();
    ScratchFolder folder_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    std::unique_ptr<pg::Database> database_;
    SystemClock clock_;
    SystemRandom random_;
};

struct Round {
    promote::Plan plan;
    double planned_s = 0;
    double applied_s = 0;
    std::string run;
};

Result<Round> promote_all(Shop& shop) {
    promote::Context context = shop.context();
    Round round;
    progress("planning");
    Stopwatch watch;
    round.plan = TRY(promote::make_plan(context, {}, "anna"));
    round.planned_s = watch.seconds();
    TRY(promote::decide(context, round.plan.hash, promote::Verdict::kApprove, "bert", "a benchmark"));
    progress("promoting");
    watch = {};
    round.run = TRY(promote::apply(context, round.plan.hash)).run;
    round.applied_s = watch.seconds();
    return round;
}

// The same rows into tables like those, keys and foreign keys and all.
Result<double> bare_seconds(Shop& shop) {
    TRY(
        shop.as_owner("create schema bare;"
                      "create table bare.products (like core.products including all);"
                      "create table bare.variants (like core.variants including all);"
                      "alter table bare.variants add foreign key (org_id, product_id) references bare.products"));
    const Stopwatch watch;
    TRY(shop.as_owner("insert into bare.products select * from core.products"));
    TRY(shop.as_owner(
        "insert into bare.variants (org_id, id, product_id, sku, barcode, attributes, price_extra, cost, "
        "costs, weight, volume, active, deleted_at, metadata) select org_id, id, product_id, sku, barcode, "
        "attributes, price_extra, cost, costs, weight, volume, active, deleted_at, metadata from "
        "core.variants"));
    return watch.seconds();
}

Result<void> expect(bool holds, const std::string& what) {
    if (holds) return ok();
    return make_error(Errc::kInternal, "the work was not done: " + what);
}

}  // namespace

Result<void> bench_promote(Report& report) {
    const std::unique_ptr<Shop> shop = TRY(Shop::open());
    TRY(shop->fill(1, kSmall));
    TRY(promote_all(*shop));
    const double small_mb = peak_mb();

    progress("the small one is done; filling the large one");
    TRY(shop->fill(kSmall + 1, kSmall + kProducts));
    const Round first = TRY(promote_all(*shop));
    const double large_mb = peak_mb();
    TRY(expect(promote::total_of(first.plan.counts).created == 2 * kProducts, "all rows are new"));
    const double rows = 2.0 * kProducts;

    // A pull brought new versions, of fields that the core does not keep.
    progress("new versions of all records");
    TRY(
        shop->exec("update odoo.records set version = version + 1, sync_data = (sync_data::jsonb || "
                   "'{\"color\": 7}')::text::json"));
    const Round again = TRY(promote_all(*shop));
    const double unchanged = rows + 2.0 * kSmall;
    TRY(expect(promote::total_of(again.plan.counts).unchanged == static_cast<std::int64_t>(unchanged),
               "all unchanged"));

    promote::Context context = shop->context();
    progress("undoing");
    Stopwatch watch;
    const promote::Undone undone = TRY(promote::undo(context, first.run, "anna", "a benchmark"));
    const double undone_s = watch.seconds();
    TRY(expect(undone.removed == 2 * kProducts, "all rows are gone"));
    const Round back = TRY(promote_all(*shop));
    progress("the bare statements");
    const double bare = (rows + 2.0 * kSmall) / TRY(bare_seconds(*shop));

    report.push_back({"50,000 products and variants: planned",
                      rows / first.planned_s,
                      "rows/s",
                      at_least(kPlannedMin),
                      {},
                      "read, transformed, compared, hashed, stored; in " + display(first.planned_s) + " s"});
    report.push_back({"… and promoted", rows / first.applied_s, "rows/s", at_least(kAppliedMin),
                      Rival{"bare insert … select of the same rows", bare},
                      "with mappings, undo and ledger, 1,000 a commit; in " + display(first.applied_s) + " s"});
    report.push_back({"unchanged in what the core keeps: planned", unchanged / again.planned_s, "rows/s", {}, {}, ""});
    report.push_back({"… and marked as taken", unchanged / again.applied_s, "rows/s", {}, {}, ""});
    report.push_back({"a promotion undone", rows / undone_s, "rows/s", {}, {}, ""});
    report.push_back({"promoted again after it", rows / back.applied_s, "rows/s", {}, {}, ""});
    report.push_back({"peak memory, 100,000 rows", large_mb, "MB", at_most(1.3 * small_mb),
                      Rival{"10,000 rows", small_mb}, "of the program, without PostgreSQL"});
    return ok();
}

}  // namespace syncline::bench
