// The mirror: how fast a whole model is pulled, what each stage costs, what an unchanged one costs again, that memory
// does not grow with the number of records, and what a sweep costs. Against a server that is faster than any Odoo; and
// against the real Odoo 19, where there is one, beside a client that throws the same bytes away.
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "benchmarks.hpp"
#include "json/bulk.hpp"
#include "mirror/pull.hpp"
#include "mirror/sweep.hpp"
#include "net/curl_client.hpp"
#include "pg/migrate.hpp"
#include "support/installation.hpp"
#include "support/record_server.hpp"
#include "support/timing.hpp"
#include "vault/digest.hpp"

namespace syncline::bench {

namespace {

constexpr std::int64_t kProducts = 50'000;
constexpr std::int64_t kPartners = 10'000;
constexpr std::int64_t kMany = 1'000'000;
constexpr std::int64_t kSwept = 100'000;
constexpr double kProductsMaxS = 20;
constexpr double kPartnersMaxS = 4;
constexpr double kAgainMin = 150'000;  // records a second
constexpr double kFloorMax = 1.1;
constexpr int kThreads = 2;
constexpr int kChunk = 1000;

// A store and a client, and how they are used.
class Mirror {
public:
    template <typename Body>
    auto store(Body&& body) {
        return database_->transact(source_.org.text(), std::forward<Body>(body));
    }
    static Result<std::unique_ptr<Mirror>> open(const odoo::Settings& odoo) {
        std::unique_ptr<Mirror> made(new Mirror);
        made->postgres_ = TRY(start_postgres(made->folder_.path()));
        made->database_ = TRY(pg::open_database({.dsn = made->postgres_->dsn()}));
        TRY(pg::migrate(*made->database_, pg::embedded_migrations()));
        made->http_ = net::make_curl_client();
        made->meter_ = std::make_unique<mirror::Meter>(*made->http_, made->clock_, mirror::Quota{});
        made->client_ = std::make_unique<odoo::Client>(*made->meter_, made->clock_, made->random_, odoo);
        made->companies_ = TRY(mirror::companies_of_odoo(*made->client_));
        TRY(made->store(
            [&](pg::Transaction& tx) { return mirror::map_companies(tx, made->source_, kServer, made->companies_); }));
        return made;
    }

    Result<mirror::PullReport> pull(std::string_view entity) {
        mirror::Puller puller(*database_, *client_, *meter_, clock_, random_,
                              {.source = source_, .server = std::string(kServer), .in_flight = kThreads});
        mirror::PullReport report =
            TRY(puller.pull(*TRY(mirror::entity_named(entity)), {.kind = mirror::PullKind::kFull}));
        if (!report.closing.closed)
            return make_error(Errc::kInternal, "the pull did not close: " + report.closing.why_open);
        return report;
    }
    Result<mirror::ReadingPlan> plan(std::string_view entity) {
        mirror::Scope scope = TRY(mirror::scope_of(*client_, *TRY(mirror::entity_named(entity)), companies_));
        mirror::Columns columns = mirror::choose_columns(scope.model, scope.fields);
        return mirror::plan_reading(*client_, std::move(scope), std::move(columns));
    }
    Result<std::vector<std::vector<std::int64_t>>> chunks(const mirror::ReadingPlan& plan, std::int64_t records_max) {
        std::vector<std::vector<std::int64_t>> chunks;
        std::int64_t after = 0;
        while (static_cast<std::int64_t>(chunks.size()) * kChunk < records_max) {
            auto ids =
                TRY(client_->search_page(plan.scope.model, plan.scope.domain, after, kChunk, plan.scope.companies));
            if (ids.empty()) break;
            after = ids.back();
            chunks.push_back(std::move(ids));
        }
        return chunks;
    }
    odoo::Client& client() { return *client_; }
    pg::Database& database() { return *database_; }
    Clock& clock() { return clock_; }
    const mirror::Source& source() const { return source_; }

private:
    static constexpr std::string_view kServer = "bench";
    ScratchFolder folder_;
    SystemClock clock_;
    SystemRandom random_;
    mirror::Source source_;
    std::vector<mirror::Company> companies_;
    std::unique_ptr<pg::EmbeddedServer> postgres_;
    std::unique_ptr<pg::Database> database_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<mirror::Meter> meter_;
    std::unique_ptr<odoo::Client> client_;
};

// Some threads over a list, each taking the next.
template <typename Body>
Result<void> spread(std::size_t count, const Body& body) {
    std::atomic<std::size_t> next = 0;
    std::vector<Result<void>> results(kThreads);
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&, i] {
            for (std::size_t at = next++; at < count && results[i].ok(); at = next++) results[i] = body(at);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (Result<void>& result : results) TRY(std::move(result));
    return ok();
}

// The same ids and reads, and the bytes thrown away: what Odoo and the wire cost by themselves.
Result<double> floor_seconds(Mirror& mirror, std::string_view entity) {
    const Stopwatch watch;
    const mirror::ReadingPlan plan = TRY(mirror.plan(entity));
    const std::vector<std::int64_t> ids =
        TRY(mirror.client().search_page(plan.scope.model, plan.scope.domain, 0, 10'000'000, plan.scope.companies));
    const std::size_t count = (ids.size() + kChunk - 1) / kChunk;
    TRY(spread(count, [&](std::size_t i) -> Result<void> {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(i * kChunk);
        TRY(mirror::fetch(mirror.client(), plan, {first, std::min(first + kChunk, ids.end())}));
        return ok();
    }));
    return watch.seconds();
}

Figure rate(std::string name, double records, double seconds) {
    return {std::move(name), records / seconds, "records/s"};
}

// What each stage does alone, on one core, with chunks that are here already.
Result<void> add_stages(Report& report, const mirror::ReadingPlan& plan, const mirror::RawChunk& chunk) {
    json::BulkReader reader;
    mirror::RawChunk copy = chunk;
    const auto nothing = [](std::span<const json::Member>) -> Result<void> { return ok(); };
    const double records = static_cast<double>(chunk.ids.size());
    const double spelt = best_rate(chunk.ids.size(), [&] { keep(reader.read(copy.bodies[0].body, "", nothing)); });
    const double tree = best_rate(chunk.ids.size(), [&] {
        const json::Value list = json::parse(chunk.bodies[0].body).value();
        for (const json::Value& record : list.as_array()) keep(json::canonical(record));
    });
    report.push_back(
        {"mirror: parse and spell a product canonically", spelt, "records/s", {}, Rival{"a tree (Boost.JSON)", tree}});
    const std::vector<mirror::Row> rows = TRY(mirror::rows_of(plan, copy));
    report.push_back({"mirror: hash a product",
                      best_rate(rows.size(),
                                [&] {
                                    for (const mirror::Row& row : rows) keep(vault::sha256(row.data));
                                }),
                      "records/s",
                      {},
                      {},
                      std::to_string(rows[0].data.size()) + " bytes each"});
    report.push_back({"mirror: parse, spell, hash, label",
                      best_rate(std::size_t(records), [&] { keep(mirror::rows_of(plan, copy)); }), "records/s"});
    return ok();
}

Result<void> keep_chunk(Mirror& mirror, const mirror::ReadingPlan& plan, mirror::RawChunk& chunk,
                        const std::string& run) {
    const std::vector<mirror::Row> rows = TRY(mirror::rows_of(plan, chunk));
    return mirror.store([&](pg::Transaction& tx) -> Result<void> {
        mirror::Keeper keeper(mirror.source(), std::string(plan.scope.entity->name), run, mirror.clock());
        TRY(keeper.keep(tx, rows));
        return ok();
    });
}

Result<void> measure_products(Report& report) {
    RecordServer server({.model = "product.template", .records = kProducts});
    TRY(server.ready());
    const auto mirror = TRY(Mirror::open(server.settings()));
    const double floor = TRY(floor_seconds(*mirror, "product"));
    const mirror::PullReport first = TRY(mirror->pull("product"));
    report.push_back({"mirror: 50,000 products pulled", first.seconds, "s", at_most(kProductsMaxS),
                      Rival{"the bytes thrown away", floor},
                      std::to_string(first.row.bytes / 1'000'000) + " MB, durable commits"});
    report.push_back(rate("mirror: products, in all", double(kProducts), first.seconds));
    const mirror::PullReport again = TRY(mirror->pull("product"));
    if (again.row.counts.unchanged != kProducts) return make_error(Errc::kInternal, "an unchanged pull found changes");
    report.push_back(rate("mirror: unchanged products pulled again, in all", double(kProducts), again.seconds));

    const mirror::ReadingPlan plan = TRY(mirror->plan("product"));
    std::vector<mirror::RawChunk> chunks;
    for (auto& ids : TRY(mirror->chunks(plan, kProducts)))
        chunks.push_back(TRY(mirror::fetch(mirror->client(), plan, std::move(ids))));
    TRY(add_stages(report, plan, chunks[0]));
    const std::string run = first.row.run;
    const auto keep_all = [&] {
        return spread(chunks.size(), [&](std::size_t i) { return keep_chunk(*mirror, plan, chunks[i], run); });
    };
    Stopwatch watch;
    TRY(keep_all());
    Figure unchanged = rate("mirror: unchanged products, once the bytes are here", double(kProducts), watch.seconds());
    unchanged.goal = at_least(kAgainMin);
    report.push_back(unchanged);
    TRY(mirror->store(
        [&](pg::Transaction& tx) { return tx.exec("delete from odoo.records where entity = 'product'"); }));
    watch = {};
    TRY(keep_all());
    report.push_back(rate("mirror: new products, once the bytes are here", double(kProducts), watch.seconds()));
    return ok();
}

Result<void> measure_partners(Report& report) {
    RecordServer server({.model = "res.partner", .records = kPartners});
    TRY(server.ready());
    const auto mirror = TRY(Mirror::open(server.settings()));
    const double floor = TRY(floor_seconds(*mirror, "partner"));
    const mirror::PullReport pulled = TRY(mirror->pull("partner"));
    report.push_back({"mirror: 10,000 partners pulled", pulled.seconds, "s", at_most(kPartnersMaxS),
                      Rival{"the bytes thrown away", floor}});
    return ok();
}

// Of this process, which holds the client's side alone.
Result<double> peak_megabytes(std::int64_t records, Report* sweep) {
    RecordServer server({.model = "product.template", .records = records, .narrow = true});
    TRY(server.ready());
    const auto mirror = TRY(Mirror::open(server.settings()));
    TRY(mirror->pull("product"));
    const double peak = double(peak_rss_bytes(getpid())) / kMegabyte;
    if (!sweep) return peak;
    const mirror::ReadingPlan plan = TRY(mirror->plan("product"));
    const Stopwatch watch;
    const auto counts = TRY(mirror::sweep(mirror->client(), mirror->database(), mirror->source(), plan.scope,
                                          [](const mirror::Difference&) -> Result<void> { return ok(); }));
    if (!counts.same()) return make_error(Errc::kInternal, "the sweep found differences");
    sweep->push_back({"mirror: sweep of 100,000 ids", watch.seconds(), "s"});
    return peak;
}

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

}  // namespace

Result<void> bench_mirror(Report& report) {
    TRY(measure_products(report));
    return measure_partners(report);
}

Result<void> bench_mirror_memory(Report& report) {
    const double few = TRY(peak_megabytes(kSwept, &report));
    const double many = TRY(peak_megabytes(kMany, nullptr));
    report.push_back({"mirror: peak memory for 1,000,000 records", many, "MB", {}, Rival{"for 100,000", few}});
    return ok();
}

// SYNCLINE_TEST_ODOO names a folder made by `tools/odoo19 start FOLDER --trade`.
Result<void> bench_mirror_odoo19(Report& report) {
    const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
    for (const char* entity : {"partner", "product"}) {
        const std::string name = "mirror: " + std::string(entity) + "s of the real Odoo 19";
        if (!folder || *folder == '\0') {
            report.push_back({name, std::nullopt, "s", {}, {}, "SKIPPED: no Odoo"});
            continue;
        }
        odoo::Settings settings;
        settings.url = first_line(std::string(folder) + "/url");
        settings.database = first_line(std::string(folder) + "/database");
        settings.key = vault::Secret(first_line(std::string(folder) + "/key"));
        const auto mirror = TRY(Mirror::open(settings));
        TRY(floor_seconds(*mirror, entity));  // warm
        const double floor = TRY(floor_seconds(*mirror, entity));
        const mirror::PullReport pulled = TRY(mirror->pull(entity));
        report.push_back({name,
                          pulled.seconds / floor,
                          "x the floor",
                          at_most(kFloorMax),
                          {},
                          std::to_string(pulled.closing.ids) + " records in " + display(pulled.seconds) + " s, floor " +
                              display(floor) + " s"});
    }
    return ok();
}

}  // namespace syncline::bench
