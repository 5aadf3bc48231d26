#include "mirror/preview.hpp"

#include <algorithm>

#include "mirror/detail/preview_store.hpp"
#include "net/http.hpp"

namespace syncline::mirror {
namespace {

using Changes = std::vector<std::pair<std::int64_t, Status>>;

Status status_of(Difference::Kind kind) {
    if (kind == Difference::Kind::kNew) return Status::kNew;
    return kind == Difference::Kind::kChanged ? Status::kUpdated : Status::kDeleted;
}

// The newest ids are what people look for first.
std::vector<std::int64_t> newest(const Changes& changes, Status status, std::size_t rows_max) {
    std::vector<std::int64_t> ids;
    for (auto each = changes.rbegin(); each != changes.rend() && ids.size() < rows_max; ++each) {
        if (each->second == status) ids.push_back(each->first);
    }
    return ids;
}

Result<std::int64_t> count_local(pg::Database& database, const Source& source, std::string_view entity) {
    return database.transact(source.org.text(), [&](pg::Transaction& tx) -> Result<std::int64_t> {
        const pg::Rows rows =
            TRY(tx.exec("select count(*) as n from odoo.records where org_id = $1 and connector = $2"
                        " and entity = $3 and gone_at is null",
                        {source.org.text(), source.connector, entity}));
        return rows.integer(0, "n");
    });
}

struct Asking {
    pg::Database& database;
    odoo::Client& client;
    const Source& source;
    const Scope& scope;
    const Columns& columns;
};

// What Odoo has of the new and the changed, what the mirror has of the missing.
Result<void> add_samples(const Asking& asking, const Changes& changes, int pages, Preview& preview) {
    const auto rows_max = static_cast<std::size_t>(pages) * kPreviewPageRows;
    std::optional<ReadingPlan> plan;
    for (const Status status : {Status::kNew, Status::kUpdated}) {
        std::vector<std::int64_t> ids = newest(changes, status, rows_max);
        if (ids.empty()) continue;
        if (!plan) plan = TRY(plan_reading(asking.client, asking.scope, asking.columns));
        RawChunk chunk = TRY(fetch(asking.client, *plan, std::move(ids)));
        for (const Row& row : TRY(rows_of(*plan, chunk))) {
            preview.samples.push_back({status, row.id, row.name, row.sku, row.email, row.number, row.stamp});
        }
    }
    const std::vector<std::int64_t> gone = newest(changes, Status::kDeleted, rows_max);
    if (gone.empty()) return ok();
    const std::vector<Record> kept = TRY(asking.database.transact(asking.source.org.text(), [&](pg::Transaction& tx) {
        return records(tx, asking.source, preview.entity, gone);
    }));
    for (const Record& record : kept) {
        preview.samples.push_back(
            {Status::kDeleted, record.external_id, record.name, record.sku, record.email, record.number, record.stamp});
    }
    return ok();
}

Result<void> check(const Scope& scope, const PreviewOptions& options) {
    if (options.by.empty()) return make_error(Errc::kInvalid, "a preview says who asked for it", "give a name");
    if (options.pages < 1 || options.pages > kPreviewPagesMax) {
        return make_error(Errc::kInvalid, "a preview has 1 to " + std::to_string(kPreviewPagesMax) + " pages");
    }
    if (scope.model.empty()) {
        return make_error(Errc::kUnsupported, "this Odoo has no " + std::string(scope.entity->name), scope.absent);
    }
    return ok();
}

}  // namespace

Result<Preview> preview(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope,
                        const Columns& columns, Random& random, const Clock& clock, const PreviewOptions& options) {
    TRY(check(scope, options));
    const std::string entity(scope.entity->name);
    if (!options.fresh) {
        Result<Preview> living = database.transact(
            source.org.text(), [&](pg::Transaction& tx) { return living_preview(tx, source, entity, clock.now()); });
        if (living || living.error().code != Errc::kNotFound) return living;
    }
    const std::int64_t calls_before = net::total(client.calls());
    Preview made;
    made.id = random.uuid();
    made.entity = entity;
    made.computed_by = options.by;
    made.computed_at = clock.now();
    made.expires_at = made.computed_at + options.life;
    made.local = TRY(count_local(database, source, entity));
    Changes changes;
    const SweepCounts swept = TRY(sweep(client, database, source, scope, [&](const Difference& each) -> Result<void> {
        if (static_cast<std::int64_t>(changes.size()) >= kPreviewChangesMax) {
            return make_error(Errc::kHeld, "more than a million records differ", "pull them; a preview would not help");
        }
        changes.emplace_back(each.id, status_of(each.kind));
        return ok();
    }));
    made.remote = swept.ids;
    made.counts = {swept.created, swept.changed, swept.missing, swept.ids - swept.created - swept.changed, 0,
                   swept.archived};
    if (made.local == 0 && made.remote > 0) {
        made.note = "This is an initial import: all " + std::to_string(made.remote) + " will be created.";
    }
    TRY(add_samples({database, client, source, scope, columns}, changes, options.pages, made));
    made.calls = net::total(client.calls()) - calls_before;
    TRY(database.run(source.org.text(),
                     [&](pg::Transaction& tx) { return detail::store_preview(tx, source, made, changes); }));
    return made;
}

}  // namespace syncline::mirror
