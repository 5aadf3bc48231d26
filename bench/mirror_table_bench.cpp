// A table over a million records: filter, sort, page, count. Beside it the obvious statement: one condition with "or",
// sorted by lower(name), counted whole.
#include <thread>

#include "base/random.hpp"
#include "benchmarks.hpp"
#include "mirror/records.hpp"
#include "pg/migrate.hpp"
#include "support/installation.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kRecords = 1'000'000;
constexpr int kQuestions = 400;
constexpr int kObvious = 8;  // each takes long
constexpr double kP95MaxMs = 30;

constexpr const char* kFill =
    "insert into odoo.records (org_id, entity, external_id, version, taken, hash, stamp, active, gone_at, name, sku,"
    " run, seen_at, sync_data) select $1, 'product', i, 2, case when i % 100 = 0 then null when i % 100 = 1 then 1"
    " else 2 end, sha256(int8send(i)), timestamp '2026-01-01' + i % 20000000 * interval '1 second', i % 50 <> 7,"
    " case when i % 1000 = 501 then now() end,"
    " (array['Desk','Lamp','Chair','Cabinet','Table','Screw','Bolt','Drawer'])[1 + i % 8] || ' ' || md5(i::text),"
    " 'SKU-' || i, '33333333-3333-4333-8333-333333333333', now(),"
    " json_build_object('id', i, 'name', 'Product ' || i, 'list_price', i % 1000, 'description', repeat(md5(i::text), "
    "8))"
    " from generate_series($2::bigint, $3::bigint) i";

class Table {
public:
    template <typename Body>
    auto transact(Body&& body) {
        return database_->transact(source_.org.text(), std::forward<Body>(body));
    }
    static Result<std::unique_ptr<Table>> filled() {
        std::unique_ptr<Table> made(new Table);
        made->server_ = TRY(start_postgres(made->folder_.path()));
        made->database_ = TRY(pg::open_database({.dsn = made->server_->dsn(), .connections_max = 2}));
        TRY(pg::migrate(*made->database_, pg::embedded_migrations()));
        constexpr int kAtOnce = 100'000;
        for (int from = 1; from <= kRecords; from += kAtOnce) {
            TRY(made->transact([&](pg::Transaction& tx) {
                return tx.exec(kFill, {made->source_.org.text(), from, from + kAtOnce - 1});
            }));
            progress(display(from + kAtOnce - 1) + " records");
        }
        progress("waiting for autovacuum, as it finds a store after a pull");
        TRY(made->vacuumed());
        return made;
    }
    const mirror::Source& source() const { return source_; }

private:
    Table() = default;
    // Autovacuum has come by and has no more to do here (its thresholds are the server's usual ones).
    Result<void> vacuumed() {
        constexpr double kPatienceS = 180;
        constexpr std::chrono::seconds kPoll{1};
        for (const Stopwatch watch; watch.seconds() < kPatienceS; std::this_thread::sleep_for(kPoll)) {
            bool done = false;
            TRY(database_->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
                const pg::Rows rows =
                    TRY(tx.exec("select last_autovacuum is not null and last_autoanalyze is not null"
                                " and n_ins_since_vacuum < 1000 + 0.2 * n_live_tup"
                                " and not exists (select from pg_stat_progress_vacuum) as done"
                                " from pg_stat_user_tables where relid = 'odoo.records'::regclass"));
                done = rows.boolean(0, "done");
                return ok();
            }));
            if (done) return ok();
        }
        return make_error(Errc::kStore, "autovacuum did not come by");
    }
    const mirror::Source source_;
    ScratchFolder folder_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    std::unique_ptr<pg::Database> database_;
};

// What people ask of a table: any status or none, any sort, a search now and then, mostly the first pages.
mirror::Query question(SeededRandom& random) {
    static constexpr const char* kSearches[] = {"", "", "desk", "La", "chair 0a", "b", "SKU-4711", "nothing like it"};
    mirror::Query query;
    query.entity = "product";
    constexpr int kStatuses = 4;
    if (const auto status = random.below(kStatuses + 2); status < kStatuses) {
        query.status = static_cast<mirror::Status>(status);
    }
    query.search = kSearches[random.below(std::size(kSearches))];
    query.sort = static_cast<mirror::Sort>(random.below(3));
    query.descending = random.chance(0.5);
    query.page = random.chance(0.7) ? 1 : 1 + static_cast<int>(random.below(100));
    query.with_data = true;
    return query;
}

std::string described(const mirror::Query& query) {
    return (query.status ? std::string(mirror::to_string(*query.status)) : "all") + " '" + query.search + "' sort " +
           std::to_string(static_cast<int>(query.sort)) + " page " + std::to_string(query.page);
}

constexpr const char* kObviousSql =
    "select *, count(*) over () as n from odoo.records where org_id = $1 and entity = 'product'"
    " and ($2 = '' or status = $2) and ($3 = '' or lower(name) like lower($3) || '%' or sku = $3 or lower(email) ="
    " lower($3) or number = $3) order by lower(name), external_id offset $4 limit 50";

}  // namespace

Result<void> bench_mirror_table(Report& report) {
    std::unique_ptr<Table> table = TRY(Table::filled());
    SeededRandom random(5);
    const auto ask = [&](const mirror::Query& query) {
        return table->transact([&](pg::Transaction& tx) { return mirror::page(tx, table->source(), query); });
    };
    for (int i = 0; i < kQuestions / 4; ++i) TRY(ask(question(random)));  // the usual pages are in memory
    std::vector<double> times;
    double worst = 0;
    std::string worst_of;
    for (int i = 0; i < kQuestions; ++i) {
        const mirror::Query query = question(random);
        const Stopwatch watch;
        keep(TRY(ask(query)));
        times.push_back(watch.milliseconds());
        if (times.back() > worst) worst = times.back(), worst_of = described(query);
    }
    std::vector<double> obvious;
    for (int i = 0; i < kObvious; ++i) {
        const mirror::Query query = question(random);
        const Stopwatch watch;
        TRY(table->transact([&](pg::Transaction& tx) {
            return tx.exec(kObviousSql, {table->source().org.text(),
                                         query.status ? std::string(mirror::to_string(*query.status)) : "",
                                         query.search, (query.page - 1) * query.page_size});
        }));
        obvious.push_back(watch.milliseconds());
    }
    report.push_back({"mirror table of 1,000,000, filter and sort, p95", percentile(times, 0.95), "ms",
                      at_most(kP95MaxMs), Rival{"the obvious statement, p50", median(obvious)},
                      "worst " + display(worst) + " ms: " + worst_of});
    report.push_back(
        {"mirror table of 1,000,000, p50", median(times), "ms", {}, {}, "50 rows with their data, counted"});
    return ok();
}

}  // namespace syncline::bench
