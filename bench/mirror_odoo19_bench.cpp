// The mirror of a real Odoo 19 with 10,000 customers and 50,000 products: beside a client that throws the same bytes
// away (the floor), and beside a plain script on Odoo's own Python client library.
//
// SYNCLINE_TEST_ODOO names a folder made by `tools/odoo19 start FOLDER --trade`; SYNCLINE_BENCH_PYTHON a Python that
// has the library (`tools/bench` sees to both).
#include <fstream>
#include <iterator>

#include "benchmarks.hpp"
#include "support/process.hpp"
#include "support/pulling.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr double kFloorMax = 1.1;

struct Load {
    const char* entity;
    std::int64_t records;
};
constexpr Load kLoads[] = {{"partner", 10'000}, {"product", 50'000}};

std::string whole(const std::string& path) {
    std::ifstream file(path);
    std::string text(std::istreambuf_iterator<char>(file), {});
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

// Columns of one of Odoo's tables, to copy a row by; "id" is given anew.
Result<std::string> columns_of(pg::Transaction& tx, std::string_view table) {
    const pg::Rows rows =
        TRY(tx.exec("select string_agg(quote_ident(attname), ', ') as list from pg_attribute where attrelid = "
                    "$1::text::regclass and attnum > 0 and not attisdropped and attname <> 'id'",
                    {table}));
    return std::string(rows.text(0, "list"));
}

// Odoo itself makes about 100 products a second. So one is made by it, and its rows are copied in its own database.
Result<void> copy_partner(pg::Transaction& tx, std::int64_t id, std::int64_t copies) {
    const std::string columns = TRY(columns_of(tx, "res_partner"));
    TRY(tx.exec("insert into res_partner (" + columns + ") select " + columns +
                    " from res_partner, generate_series(1, $2::bigint) where id = $1",
                {id, copies}));
    return ok();
}

Result<void> copy_product(pg::Transaction& tx, std::int64_t id, std::int64_t copies) {
    const std::string columns = TRY(columns_of(tx, "product_template"));
    const std::string variant = TRY(columns_of(tx, "product_product"));
    std::string of_copy = variant;
    constexpr std::string_view kOfTemplate = "product_tmpl_id";
    of_copy.replace(of_copy.find(kOfTemplate), kOfTemplate.size(), "made.copy");
    TRY(tx.exec("with made as (insert into product_template (" + columns + ") select " + columns +
                    " from product_template, generate_series(1, $2::bigint) where id = $1 returning id as copy)"
                    " insert into product_product (" +
                    variant + ") select " + of_copy + " from product_product, made where product_tmpl_id = $1",
                {id, copies}));
    return ok();
}

class Odoo19 {
public:
    explicit Odoo19(std::string folder) : folder_(std::move(folder)) {
        settings_.url = whole(folder_ + "/url");
        settings_.database = whole(folder_ + "/database");
        settings_.key = vault::Secret(whole(folder_ + "/key"));
    }
    const odoo::Settings& settings() const { return settings_; }

    // Until there are so many.
    Result<void> load(Mirror& mirror, const Load& load) {
        const mirror::ReadingPlan plan = TRY(mirror.plan(load.entity));
        const auto there = TRY(mirror.client().search_count(plan.scope.model, plan.scope.domain, plan.scope.companies));
        if (there >= load.records) return ok();
        const bool partner = plan.scope.model == "res.partner";
        json::Object values{{"name", "Großhandel Beispiel, Köln"}};
        if (partner) {
            values.insert({{"customer_rank", 1}, {"email", "einkauf@example.com"}, {"street", "Große Straße 12"}});
        } else {
            values.insert({{"default_code", "SKU"}, {"list_price", 12.35}, {"description_sale", "Zwei Zeilen:\nrot"}});
        }
        const json::Value made = TRY(mirror.client().call(plan.scope.model, "create", {{"vals_list", values}}, false));
        const std::int64_t id = made.is_array() ? made.get_array().at(0).as_int64() : made.as_int64();
        const auto database = TRY(pg::open_database(
            {.dsn = "host=" + whole(folder_ + "/socket") + " user=odoo dbname=" + settings_.database}));
        const std::int64_t copies = load.records - there - 1;
        return database->run_as_owner(
            [&](pg::Transaction& tx) { return partner ? copy_partner(tx, id, copies) : copy_product(tx, id, copies); });
    }

    // Seconds of the plain script; no value when no Python has the library.
    Result<std::optional<double>> plain_seconds(Mirror& mirror, std::string_view entity) {
        const char* python = std::getenv("SYNCLINE_BENCH_PYTHON");
        if (!python || *python == '\0') return std::optional<double>();
        const mirror::ReadingPlan plan = TRY(mirror.plan(entity));
        const std::vector<std::string> fields = fields_kept(plan.columns, mirror::Kept::kValue);
        const json::Object asked{{"url", settings_.url},
                                 {"database", settings_.database},
                                 {"key", settings_.key.reveal()},
                                 {"model", plan.scope.model},
                                 {"domain", plan.scope.domain},
                                 {"fields", json::Array(fields.begin(), fields.end())},
                                 {"companies", json::Array(plan.scope.companies.begin(), plan.scope.companies.end())}};
        const ScratchFolder scratch;  // nobody else may list or read it
        std::ofstream(scratch.path() + "/asked") << json::canonical(asked);
        Program script(
            {python, std::string(SYNCLINE_SOURCE_DIR) + "/bench/support/plain_pull.py", scratch.path() + "/asked"},
            scratch.path() + "/said");
        const int code = script.wait();
        const std::string said = whole(scratch.path() + "/said");
        if (code != 0) return make_error(Errc::kInternal, "the plain script failed: " + said);
        return std::optional(std::strtod(said.c_str(), nullptr));
    }

private:
    const std::string folder_;
    odoo::Settings settings_;
};

Result<void> measure(Report& report, Odoo19& odoo, const Load& load) {
    const std::string what = std::string(load.entity) + "s";
    const auto mirror = TRY(Mirror::open(odoo.settings()));
    progress("loading " + what);
    TRY(odoo.load(*mirror, load));
    progress("the floor, once to warm it up");
    TRY(floor_seconds(*mirror, load.entity));
    progress("the floor");
    const double before = TRY(floor_seconds(*mirror, load.entity));
    progress("pulling " + what);
    const mirror::PullReport pulled = TRY(mirror->pull(load.entity));
    progress("the floor again: the machine may be busier now");
    const double floor = (before + TRY(floor_seconds(*mirror, load.entity))) / 2;
    progress("the plain script");
    const std::optional<double> plain = TRY(odoo.plain_seconds(*mirror, load.entity));
    const std::string name = "mirror: " + what + " of the real Odoo 19";
    const std::string records = std::to_string(pulled.closing.ids) + " records";
    report.push_back({name,
                      pulled.seconds / floor,
                      "x the floor",
                      at_most(kFloorMax),
                      {},
                      records + " in " + display(pulled.seconds) + " s, floor " + display(floor) + " s"});
    Figure figure{name + ", pulled", pulled.seconds, "s", {}, {}, records + ", swept and certified"};
    if (plain) figure.rival = Rival{"a plain script, nothing kept", *plain};
    if (!plain) figure.note += "; no Python has the client library: no rival";
    report.push_back(std::move(figure));
    return ok();
}

}  // namespace

Result<void> bench_mirror_odoo19(Report& report) {
    const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
    if (!folder || *folder == '\0') {
        report.push_back({"mirror: the real Odoo 19", std::nullopt, "s", {}, {}, "SKIPPED: no Odoo"});
        return ok();
    }
    Odoo19 odoo(folder);
    for (const Load& load : kLoads) TRY(measure(report, odoo, load));
    return ok();
}

}  // namespace syncline::bench
