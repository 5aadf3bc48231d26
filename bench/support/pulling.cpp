#include "support/pulling.hpp"

#include "pg/migrate.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

Result<std::unique_ptr<Mirror>> Mirror::open(const odoo::Settings& odoo) {
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

Result<mirror::PullReport> Mirror::pull(std::string_view entity) {
    mirror::Puller puller(*database_, *client_, *meter_, clock_, random_,
                          {.source = source_, .server = std::string(kServer), .in_flight = kThreads});
    mirror::PullReport report = TRY(puller.pull(*TRY(mirror::entity_named(entity)), {.kind = mirror::PullKind::kFull}));
    if (!report.closing.closed)
        return make_error(Errc::kInternal, "the pull did not close: " + report.closing.why_open);
    return report;
}

Result<mirror::ReadingPlan> Mirror::plan(std::string_view entity) {
    mirror::Scope scope = TRY(mirror::scope_of(*client_, *TRY(mirror::entity_named(entity)), companies_));
    mirror::Columns columns = mirror::choose_columns(scope.model, scope.fields);
    return mirror::plan_reading(*client_, std::move(scope), std::move(columns));
}

Result<std::vector<std::vector<std::int64_t>>> Mirror::chunks(const mirror::ReadingPlan& plan,
                                                              std::int64_t records_max) {
    std::vector<std::vector<std::int64_t>> chunks;
    std::int64_t after = 0;
    while (static_cast<std::int64_t>(chunks.size()) * kChunk < records_max) {
        auto ids = TRY(client_->search_page(plan.scope.model, plan.scope.domain, after, kChunk, plan.scope.companies));
        if (ids.empty()) break;
        after = ids.back();
        chunks.push_back(std::move(ids));
    }
    return chunks;
}

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

}  // namespace syncline::bench
