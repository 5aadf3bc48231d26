// Pulling, and how far it has come.
#include <algorithm>

#include "actions/detail/mirror_words.hpp"
#include "actions/mirror_handlers.hpp"
#include "mirror/claim.hpp"

namespace syncline::actions {
namespace {

// Those that are asked for, in the order in which references point backwards.
Result<std::vector<const mirror::Entity*>> asked(const Services& services, const MirrorPullInput& input) {
    const std::vector<std::string>& configured = services.config.mirror.entities;
    if (input.all == !input.entities.empty()) {
        return make_error(Errc::kInvalid, "it is not said what shall be pulled",
                          "name entities, or --all for those of the settings");
    }
    std::vector<const mirror::Entity*> wanted;
    for (const std::string& text : input.all ? configured : input.entities) {
        wanted.push_back(TRY(mirror::entity_named(text)));
    }
    std::vector<const mirror::Entity*> ordered;
    for (const mirror::Entity& entity : mirror::all_entities()) {
        const bool all = input.all && configured.empty();
        if (all || std::ranges::find(wanted, &entity) != wanted.end()) ordered.push_back(&entity);
    }
    return ordered;
}

// What is wrong for every entity, not for one.
bool ends_all(Errc code) {
    switch (code) {
        case Errc::kUnauthorized:
        case Errc::kUnreachable:
        case Errc::kNotConfigured:
        case Errc::kKeyMissing:
        case Errc::kRateLimited:
        case Errc::kCancelled:
        case Errc::kStore: return true;
        default: return false;
    }
}

MirrorPullView view_of(const mirror::PullReport& report, std::string_view entity) {
    MirrorPullView view;
    const mirror::PullRow& row = report.row;
    view.run = row.run;
    view.entity = entity;
    view.kind = mirror::to_string(row.kind);
    view.state = report.absent ? "absent" : std::string(mirror::to_string(row.state));
    view.total = row.total;
    view.done = row.done;
    view.created = row.counts.created;
    view.updated = row.counts.updated;
    view.deleted = row.counts.deleted;
    view.unchanged = row.counts.unchanged;
    view.calls = row.calls;
    view.bytes = row.bytes;
    view.errors = report.errors;
    view.seconds = report.seconds;
    view.error = row.error;
    view.note = report.absent ? report.why_absent : report.why_full;
    if (report.resumed) view.note += (view.note.empty() ? "" : "; ") + std::string("went on where it had stopped");
    for (const mirror::DriftNote& note : report.drift) {
        view.drift.push_back(
            {std::string(entity), note.field, note.change, note.from_type, note.to_type, note.handled, ""});
    }
    return view;
}

Result<MirrorPullView> pull_one(Services& services, MirrorPeer& peer, mirror::Puller& puller,
                                const mirror::Entity& entity, const MirrorPullInput& input) {
    mirror::PullOptions options;
    options.kind = input.full ? mirror::PullKind::kFull : mirror::PullKind::kDelta;
    options.by = services.config.caller;
    options.accept_deletions = input.accept_deletions;
    options.pages_max = static_cast<int>(std::clamp<std::int64_t>(input.pages_max, 0, 1'000'000));
    options.stop = peer.stop;
    options.progress = peer.progress;
    const mirror::PullReport report = TRY(puller.pull(entity, options));
    MirrorPullView view = view_of(report, entity.name);
    if (report.absent || report.row.state != mirror::PullState::kDone) return view;
    const mirror::Certificate made =
        TRY(mirror::certify(services.store, services.mirror_source(), report, services.clock));
    view.certificate = made.certified ? "certified" : "refused";
    view.reasons = made.reasons;
    return view;
}

constexpr std::string_view kStatusSql =
    "select e.entity, e.model, e.absent, e.contract, e.cursor, e.full_at, e.swept_at, c.status as certificate, c.cut,"
    " p.state as pull, p.done, p.total, p.error from odoo.entities e"
    " left join lateral (select status, cut from odoo.certificates c where c.org_id = e.org_id"
    "  and c.connector = e.connector and c.entity = e.entity order by certificate desc limit 1) c on true"
    " left join lateral (select state, done, total, error from odoo.pulls p where p.org_id = e.org_id"
    "  and p.connector = e.connector and p.entity = e.entity order by started_at desc limit 1) p on true"
    " where e.org_id = $1 and e.connector = $2";

std::string iso(const pg::Rows& rows, std::size_t row, std::string_view column) {
    const Result<Time> time = parse_time(rows.text(row, column));
    return time ? format_iso(*time) : "";
}

Result<MirrorEntityRow> row_of(pg::Transaction& tx, const mirror::Source& source, const pg::Rows& rows, std::size_t i) {
    MirrorEntityRow row;
    row.entity = rows.text(i, "entity");
    row.model = rows.text(i, "model");
    row.absent = rows.text(i, "absent");
    row.contract = rows.text(i, "contract");
    row.cursor = rows.text(i, "cursor");
    row.full_at = iso(rows, i, "full_at");
    row.swept_at = iso(rows, i, "swept_at");
    row.certificate = rows.text(i, "certificate");
    row.certified_as_of = iso(rows, i, "cut");
    row.pull = rows.text(i, "pull");
    row.pull_done = rows.integer(i, "done");
    row.pull_total = rows.integer(i, "total");
    row.pull_error = rows.text(i, "error");
    const mirror::StatusCounts counts = TRY(mirror::status_counts(tx, source, row.entity));
    row.records = counts.total();
    row.created = counts.created;
    row.updated = counts.updated;
    row.deleted = counts.deleted;
    row.in_sync = counts.in_sync;
    row.gone = counts.gone;
    row.archived = counts.archived;
    return row;
}

Result<std::string> entity_of_pull(Services& services, const std::string& text) {
    if (const mirror::Entity* entity = mirror::find_entity(text)) return std::string(entity->name);
    const pg::Rows rows = TRY(services.transact([&](pg::Transaction& tx) {
        return tx.exec(
            "select entity from odoo.pulls where org_id = $1 and run::text = $2 and state in"
            " ('running', 'paused') order by started_at desc limit 1",
            {services.scope.org.text(), text});
    }));
    if (!rows.empty()) return std::string(rows.text(0, "entity"));
    return make_error(Errc::kNotFound, "no pull called '" + text + "' is under way", "`syncline mirror activity`");
}

}  // namespace

Result<MirrorPullReport> mirror_pull(Services& services, const MirrorPullInput& input) {
    const std::vector<const mirror::Entity*> entities = TRY(asked(services, input));
    MirrorPeer peer = TRY(services.mirror());
    TRY(mirror::claim_companies(services.store, peer.client, services.mirror_source(), peer.settings.server,
                                services.config.mirror.companies));
    mirror::Puller puller(services.store, peer.client, peer.meter, services.clock, peer.random, peer.settings);
    MirrorPullReport report;
    for (const mirror::Entity* entity : entities) {
        Result<MirrorPullView> pulled = pull_one(services, peer, puller, *entity, input);
        if (!pulled) {
            if (entities.size() == 1 || ends_all(pulled.error().code)) return std::move(pulled).error();
            MirrorPullView failed;
            failed.entity = entity->name;
            failed.state = "failed";
            failed.error = pulled.error().message;
            failed.note = pulled.error().hint;
            report.pulls.push_back(std::move(failed));
            continue;
        }
        report.pulls.push_back(std::move(*pulled));
        if (report.pulls.back().state == "paused" && peer.stop && *peer.stop) break;
    }
    return report;
}

Result<MirrorStatus> mirror_status(Services& services, const Nothing&) {
    return services.transact([&](pg::Transaction& tx) -> Result<MirrorStatus> {
        const mirror::Source source = services.mirror_source();
        MirrorStatus status;
        status.connector = source.connector;
        const pg::Rows companies = TRY(tx.exec(
            "select company_id, name from odoo.companies where org_id = $1 and connector = $2 order by company_id",
            {source.org.text(), source.connector}));
        for (std::size_t i = 0; i < companies.size(); ++i) {
            status.companies.push_back(std::string(companies.text(i, "company_id")) + " " +
                                       std::string(companies.text(i, "name")));
        }
        const pg::Rows rows = TRY(tx.exec(kStatusSql, {source.org.text(), source.connector}));
        for (const mirror::Entity& entity : mirror::all_entities()) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows.text(i, "entity") == entity.name) status.entities.push_back(TRY(row_of(tx, source, rows, i)));
            }
        }
        const pg::Rows usage =
            TRY(tx.exec("select calls from odoo.usage where org_id = $1 and connector = $2 and day = $3",
                        {source.org.text(), source.connector,
                         format_day(std::chrono::floor<std::chrono::days>(services.clock.now()))}));
        if (!usage.empty()) status.calls_today = usage.integer(0, "calls");
        return status;
    });
}

Result<Done> mirror_control(Services& services, const MirrorControlInput& input) {
    const std::string entity = TRY(entity_of_pull(services, input.pull));
    if (input.what == "resume") {
        MirrorPullInput again;
        again.entities = {entity};
        const MirrorPullReport report = TRY(mirror_pull(services, again));
        return Done{entity + " is pulled: " + report.pulls.front().state};
    }
    if (input.what != "pause" && input.what != "cancel") {
        return make_error(Errc::kInvalid, "a pull cannot '" + input.what + "'", "pause, resume or cancel");
    }
    const mirror::Wanted wanted = input.what == "pause" ? mirror::Wanted::kPause : mirror::Wanted::kCancel;
    TRY(services.transact(
        [&](pg::Transaction& tx) { return mirror::ask_pull(tx, services.mirror_source(), entity, wanted); }));
    return Done{"the pull of " + entity + " was asked to " + input.what};
}

Result<MirrorActivity> mirror_activity(Services& services, const MirrorActivityInput& input) {
    constexpr std::int64_t kRowsMax = 1000;
    const std::string entity = input.entity.empty() ? "" : TRY(detail::entity_name(input.entity));
    const std::int64_t rows_max = std::clamp<std::int64_t>(input.rows_max, 1, kRowsMax);
    MirrorActivity activity;
    const std::vector<mirror::PullRow> pulls =
        TRY(services.transact([&](pg::Transaction& tx) -> Result<std::vector<mirror::PullRow>> {
            const mirror::Source source = services.mirror_source();
            const pg::Rows rows =
                TRY(tx.exec("select count(*) as n from odoo.pulls where org_id = $1 and connector = $2"
                            " and ($3::text = '' or entity = $3)",
                            {source.org.text(), source.connector, entity}));
            activity.rowCount = rows.integer(0, "n");
            return mirror::recent_pulls(tx, source, entity, static_cast<int>(rows_max));
        }));
    for (const mirror::PullRow& pull : pulls) {
        MirrorActivityRow row;
        row.run = pull.run;
        row.entity = pull.entity;
        row.kind = mirror::to_string(pull.kind);
        row.state = mirror::to_string(pull.state);
        row.by = pull.by;
        row.started_at = format_iso(pull.started_at);
        row.ended_at = detail::iso_or_nothing(pull.ended_at);
        row.seconds = std::chrono::duration<double>(pull.ended_at.value_or(pull.updated_at) - pull.started_at).count();
        row.total = pull.total;
        row.done = pull.done;
        row.created = pull.counts.created;
        row.updated = pull.counts.updated;
        row.deleted = pull.counts.deleted;
        row.unchanged = pull.counts.unchanged;
        row.calls = pull.calls;
        row.bytes = pull.bytes;
        row.errors = static_cast<std::int64_t>(pull.errors.size());
        row.error = pull.error;
        activity.data.push_back(std::move(row));
    }
    return activity;
}

}  // namespace syncline::actions
