#include "pg/migrate.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace syncline::pg {
namespace {

// Any constant will do, as long as it never changes: "syncline" as bytes.
constexpr std::int64_t kLockNumber = 0x73796e636c696e65;

struct Applied {
    std::string name;
    std::string checksum;
};
using Ledger = std::map<int, Applied>;

Result<Ledger> read_ledger(Transaction& tx) {
    Ledger ledger;
    const Rows there = TRY(tx.exec("select to_regclass('syncline.migrations') is not null as there"));
    if (!there.boolean(0, "there")) return ledger;
    const Rows rows = TRY(tx.exec("select number, name, checksum from syncline.migrations"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ledger.emplace(static_cast<int>(rows.integer(i, "number")),
                       Applied{std::string(rows.text(i, "name")), std::string(rows.text(i, "checksum"))});
    }
    return ledger;
}

// The server hashes: this room has no cryptography of its own.
Result<std::string> checksum_of(Transaction& tx, std::string_view sql) {
    const Rows rows = TRY(tx.exec("select encode(sha256(convert_to($1, 'UTF8')), 'hex') as sum", {sql}));
    return std::string(rows.text(0, "sum"));
}

std::vector<Migration> in_order(std::span<const Migration> migrations) {
    std::vector<Migration> sorted(migrations.begin(), migrations.end());
    std::ranges::sort(sorted, {}, &Migration::number);
    return sorted;
}

int last_of(const Ledger& ledger) { return ledger.empty() ? 0 : ledger.rbegin()->first; }

Result<void> check_twins(const std::vector<Migration>& sorted) {
    const auto twin = std::ranges::adjacent_find(sorted, {}, &Migration::number);
    if (twin == sorted.end()) return {};
    return make_error(Errc::kStore, "two migrations have the number of " + std::string(twin->name),
                      "give the newer one the next free number");
}

// The files that are still to run, in order; an error when store and files do not belong together.
Result<std::vector<Migration>> outstanding(Transaction& tx, const Ledger& ledger,
                                           const std::vector<Migration>& sorted) {
    for (const auto& [number, applied] : ledger) {
        if (!std::ranges::binary_search(sorted, number, {}, &Migration::number)) {
            return make_error(Errc::kStoreNewer,
                              "the store knows migration " + applied.name + ", this program does not",
                              "use the program that wrote the store, or a newer one");
        }
    }
    std::vector<Migration> left;
    for (const Migration& migration : sorted) {
        const std::string name(migration.name);
        const auto applied = ledger.find(migration.number);
        if (applied == ledger.end()) {
            if (migration.number < last_of(ledger)) {
                return make_error(Errc::kStore, "migration " + name + " comes before one that was applied already",
                                  "give it the next free number");
            }
            left.push_back(migration);
        } else if (applied->second.checksum != TRY(checksum_of(tx, migration.sql))) {
            return make_error(Errc::kStore, "migration " + name + " was changed after it was applied",
                              "restore its text and put the change into a new migration");
        }
    }
    return left;
}

Result<void> apply(Transaction& tx, const Migration& migration) {
    const std::string name(migration.name);
    if (auto done = tx.exec(migration.sql); !done) return std::move(done).error().during("migration " + name);
    const std::string checksum = TRY(checksum_of(tx, migration.sql));
    TRY(tx.exec("insert into syncline.migrations (number, name, checksum) values ($1, $2, $3)",
                {migration.number, name, checksum}));
    return {};
}

Result<void> make_ledger(Transaction& tx) {
    TRY(
        tx.exec("create schema if not exists syncline;"
                "create table if not exists syncline.migrations ("
                " number integer primary key, name text not null, checksum text not null,"
                " applied_at timestamptz not null default now());"
                "comment on table syncline.migrations is"
                " 'The schema files that were applied to this store, once each and in order.'"));
    return {};
}

}  // namespace

Result<MigrationReport> migrate(Database& database, std::span<const Migration> migrations) {
    const std::vector<Migration> sorted = in_order(migrations);
    TRY(check_twins(sorted));
    MigrationReport report;
    bool first = true;
    bool finished = false;
    // One file per transaction. Another process may run the next one in between: each round looks again.
    while (!finished) {
        const auto step = [&](Transaction& tx) -> Result<void> {
            TRY(tx.exec("select pg_advisory_xact_lock($1)", {kLockNumber}));
            const Ledger ledger = TRY(read_ledger(tx));
            const std::vector<Migration> left = TRY(outstanding(tx, ledger, sorted));
            if (first) report.from = last_of(ledger);
            report.to = last_of(ledger);
            finished = left.empty();
            if (finished) return {};
            TRY(make_ledger(tx));
            return apply(tx, left.front());
        };
        TRY(database.run_as_owner(step));
        first = false;
        if (!finished) ++report.applied;
    }
    return report;
}

Result<MigrationReport> pending(Database& database, std::span<const Migration> migrations) {
    const std::vector<Migration> sorted = in_order(migrations);
    TRY(check_twins(sorted));
    MigrationReport report;
    const auto look = [&](Transaction& tx) -> Result<void> {
        const Ledger ledger = TRY(read_ledger(tx));
        const std::vector<Migration> left = TRY(outstanding(tx, ledger, sorted));
        report.from = last_of(ledger);
        report.to = left.empty() ? report.from : left.back().number;
        report.applied = static_cast<int>(left.size());
        return {};
    };
    TRY(database.run_as_owner(look));
    return report;
}

}  // namespace syncline::pg
