// The mirror: how fast a whole model is pulled, what each stage costs, what an unchanged one costs again, that memory
// does not grow with the number of records, and what a sweep costs. Against a server that is faster than any Odoo.
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "benchmarks.hpp"
#include "json/bulk.hpp"
#include "mirror/sweep.hpp"
#include "support/pulling.hpp"
#include "support/record_server.hpp"
#include "support/timing.hpp"
#include "vault/digest.hpp"

namespace syncline::bench {

namespace {

constexpr std::int64_t kProducts = 50'000;
constexpr std::int64_t kPartners = 10'000;
constexpr std::int64_t kMany = 1'000'000;
constexpr std::int64_t kSwept = 100'000;
constexpr double kGrowthMax = 1.25;  // of the memory for twenty times as many records
constexpr double kProductsMaxS = 20;
constexpr double kPartnersMaxS = 4;
constexpr double kAgainMin = 150'000;  // records a second
constexpr int kRounds = 10;            // of what takes a third of a second: the machine may do something else meanwhile

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
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < kRounds; ++round) {
        const Stopwatch watch;
        TRY(keep_all());
        best = std::min(best, watch.seconds());
    }
    Figure unchanged = rate("mirror: unchanged products, once the bytes are here", double(kProducts), best);
    unchanged.note = "best of " + std::to_string(kRounds);
    unchanged.goal = at_least(kAgainMin);
    report.push_back(unchanged);
    TRY(mirror->store(
        [&](pg::Transaction& tx) { return tx.exec("delete from odoo.records where entity = 'product'"); }));
    const Stopwatch watch;
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

// Seconds to ask for what a sweep compares.
Result<double> stamps_seconds(Mirror& mirror, const mirror::ReadingPlan& plan) {
    const Stopwatch watch;
    std::int64_t after = 0;
    for (bool more = true; more;) {
        const std::vector<odoo::Stamp> stamps = TRY(mirror.client().stamps_page(
            plan.scope.model, plan.scope.domain, after, mirror::kSweepPage, plan.scope.companies));
        more = stamps.size() == static_cast<std::size_t>(mirror::kSweepPage);
        if (more) after = stamps.back().id;
    }
    return watch.seconds();
}

// Of this process, which holds the client's side alone.
Result<double> peak_megabytes(std::int64_t records, Report* sweep) {
    RecordServer server({.model = "product.template", .records = records, .narrow = true});
    TRY(server.ready());
    const auto mirror = TRY(Mirror::open(server.settings()));
    progress("pulling " + display(double(records)) + " records");
    TRY(mirror->pull("product"));
    const double peak = double(peak_rss_bytes(getpid())) / kMegabyte;
    if (!sweep) return peak;
    const mirror::ReadingPlan plan = TRY(mirror->plan("product"));
    const double alone = TRY(stamps_seconds(*mirror, plan));
    const Stopwatch watch;
    const auto counts = TRY(mirror::sweep(mirror->client(), mirror->database(), mirror->source(), plan.scope,
                                          [](const mirror::Difference&) -> Result<void> { return ok(); }));
    if (!counts.same()) return make_error(Errc::kInternal, "the sweep found differences");
    sweep->push_back(
        {"mirror: sweep of 100,000 ids", watch.seconds(), "s", {}, Rival{"the answers thrown away", alone}});
    return peak;
}

}  // namespace

Result<void> bench_mirror(Report& report) {
    TRY(measure_products(report));
    return measure_partners(report);
}

Result<void> bench_mirror_memory(Report& report) {
    const double few = TRY(peak_megabytes(kProducts, nullptr));
    TRY(peak_megabytes(kSwept, &report));
    const double many = TRY(peak_megabytes(kMany, nullptr));
    report.push_back(
        {"mirror: peak memory for 1,000,000 records", many, "MB", at_most(kGrowthMax * few), Rival{"for 50,000", few}});
    return ok();
}

}  // namespace syncline::bench
