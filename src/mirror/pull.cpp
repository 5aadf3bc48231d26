#include "mirror/pull.hpp"

#include "ledger/run_events.hpp"
#include "ledger/runs.hpp"
#include "mirror/detail/contract.hpp"
#include "mirror/detail/entity_lock.hpp"
#include "mirror/detail/work.hpp"

namespace syncline::mirror {
namespace {

using detail::EntityRow;

constexpr std::string_view kProfile = "mirror";  // under which the ledger keeps these runs

// One call of Puller::pull().
class Pulling {
public:
    Pulling(detail::Tools tools, Random& random, const Entity& entity)
        : tools_(tools), random_(random), entity_(entity), source_(tools.settings.source), began_(tools.clock.now()) {}

    Result<PullReport> run() {
        const auto lock = TRY(detail::EntityLock::take(tools_.database, source_, entity_.name));
        Scope scope = TRY(find_scope());
        if (scope.model.empty()) return absent(scope);
        Result<ReadingPlan> plan = agree_columns(scope);
        const Result<void> opened = plan.ok() ? open(*plan) : Result<void>(plan.error());
        if (!opened.ok() && opened.error().code == Errc::kForbidden) {  // a module that this key may not look into
            scope.absent = opened.error().message;
            return absent(scope);
        }
        TRY(opened);
        const Result<void> done = work(std::move(*plan));
        TRY(finish(done));
        if (!done.ok()) return done.error();
        return std::move(report_);
    }

private:
    template <typename Body>
    auto store(Body&& body) {
        return tools_.database.transact(source_.org.text(), std::forward<Body>(body));
    }

    Result<Scope> find_scope() {
        const auto companies = TRY(store([&](pg::Transaction& tx) -> Result<std::vector<Company>> {
            TRY(tools_.meter.load(tx, source_));
            return mirror::companies(tx, source_, tools_.settings.server);
        }));
        return scope_of(tools_.client, entity_, companies);
    }

    Result<PullReport> absent(const Scope& scope) {
        TRY(store([&](pg::Transaction& tx) { return detail::save_absent(tx, source_, scope, began_); }));
        report_.absent = true;
        report_.why_absent = scope.absent;
        report_.row.entity = entity_.name;
        return std::move(report_);
    }

    Result<ReadingPlan> agree_columns(Scope scope) {
        const auto agreed = TRY(store([&](pg::Transaction& tx) -> Result<detail::Contract> {
            before_ = TRY(detail::entity_row(tx, source_, scope, began_));
            const bool again = tools_.options.kind == PullKind::kFull || !before_.full_at;
            detail::Contract contract =
                detail::agree(TRY(detail::known_columns(tx, source_, entity_.name)),
                              choose_columns(scope.model, scope.fields), before_.contract, again);
            TRY(detail::save_drift(tx, source_, entity_.name, contract.drift, "", began_));
            if (!contract.stopped) TRY(detail::save_columns(tx, source_, entity_.name, contract.columns, began_));
            return contract;
        }));
        report_.drift = agreed.drift;
        if (agreed.stopped) return held();
        Columns columns = agreed.columns;
        Result<ReadingPlan> plan = plan_reading(tools_.client, scope, columns);
        if (plan.ok() || plan.error().code == Errc::kUnreachable || plan.error().code == Errc::kHeld) return plan;
        // Attachments are not for everybody: then the binary columns are left out, and said to be.
        for (const std::string& field : fields_kept(columns, Kept::kHash)) {
            Column* const column = find_column(columns, field);
            column->kept = Kept::kLeftOut;
            column->reason = std::string(detail::kUnreadable) + plan.error().message;
        }
        TRY(store(
            [&](pg::Transaction& tx) { return detail::save_columns(tx, source_, entity_.name, columns, began_); }));
        return plan_reading(tools_.client, std::move(scope), std::move(columns));
    }

    Error held() const {
        std::string fields;
        for (const DriftNote& note : report_.drift) {
            fields += (fields.empty() ? "" : ", ") + note.field + " " + note.change;
        }
        return make_error(Errc::kHeld, "the fields of " + std::string(entity_.name) + " changed in Odoo: " + fields,
                          "look at them, then set the entity's contract to evolve or discard");
    }

    // Goes on with the pull that did not end, or begins one.
    Result<void> open(const ReadingPlan& plan) {
        const std::string digest = plan_digest(plan);
        std::optional<PullRow> left =
            TRY(store([&](pg::Transaction& tx) { return detail::open_pull(tx, source_, entity_.name); }));
        const bool other_kind = left && left->kind == PullKind::kDelta && tools_.options.kind == PullKind::kFull;
        if (left && (other_kind || left->wanted == Wanted::kCancel)) {
            left->state = PullState::kCancelled;
            left->error = other_kind ? "a full pull was asked for" : "cancelled";
            TRY(end(*left, "failed"));
            left.reset();
        }
        PullRow& row = report_.row;
        report_.resumed = left.has_value();
        if (left) row = std::move(*left);
        if (!report_.resumed) begin(plan, digest);
        if (row.plan != digest) {  // what was read so far has other columns
            row.plan = digest;
            row.done = row.done_to = 0;
            row.since.clear();
        }
        calls_before_ = row.calls;
        bytes_before_ = row.bytes;
        row.state = PullState::kRunning;
        row.wanted = Wanted::kRun;
        row.error.clear();
        row.ended_at.reset();
        row.updated_at = began_;
        json::Array domain = plan.scope.domain;
        if (!row.since.empty()) domain.push_back(json::Array{"write_date", ">=", row.since});
        row.total = TRY(tools_.client.search_count(plan.scope.model, domain, plan.scope.companies));
        return store([&](pg::Transaction& tx) -> Result<void> {
            TRY(detail::save_pull(tx, source_, row));
            if (report_.resumed) return ok();
            TRY(ledger::start_run(tx, {source_.org, std::string(kProfile)}, run_row("running")));
            if (entity_.has_core_form) return ok();
            return Keeper(source_, std::string(entity_.name), row.run, tools_.clock).take_all(tx);
        });
    }

    void begin(const ReadingPlan& plan, const std::string& digest) {
        PullRow& row = report_.row;
        row.run = random_.uuid();
        row.entity = entity_.name;
        row.by = tools_.options.by;
        row.plan = digest;
        row.started_at = began_;
        row.cut = tools_.clock.now() + tools_.client.clock_skew();
        row.kind = tools_.options.kind;
        if (row.kind == PullKind::kFull) return;
        if (!before_.full_at || before_.cursor.empty()) {
            report_.why_full = "nothing was read in whole yet";
        } else if (before_.plan != digest) {
            report_.why_full = "what is kept of a record has changed";
        } else if (!plan.scope.fields.contains("write_date")) {
            report_.why_full = "this model tells no write_date";
        } else {
            row.since = before_.cursor;
            return;
        }
        row.kind = PullKind::kFull;
    }

    Result<void> work(ReadingPlan plan) {
        detail::Work work(tools_, std::move(plan), report_);
        const Result<void> read = work.read_all();
        const bool partial = tools_.options.pages_max > 0;
        Result<void> closed;
        if (read.ok() && !work.stopped() && !partial) closed = work.close();
        describe(work);
        settled_ = work.settled();
        PullRow& row = report_.row;
        if (!read.ok()) return read;
        if (!closed.ok()) return closed;
        row.state = PullState::kDone;
        if (partial) report_.closing.why_open = "only some pages were asked for";
        if (work.stopped()) {
            row.state = work.wanted() == Wanted::kCancel ? PullState::kCancelled : PullState::kPaused;
            report_.closing.closed = false;
        }
        return ok();
    }

    void describe(const detail::Work& work) {
        Closing& closing = report_.closing;
        const ReadingPlan& plan = work.plan();
        for (const Column& column : plan.columns) {
            if (column.kept == Kept::kLeftOut) closing.left_out.push_back({column.field, column.reason});
        }
        closing.unreadable.assign(work.unreadable().begin(), work.unreadable().end());
        closing.overlap_s =
            static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(tools_.settings.overlap).count());
        closing.contents_read = report_.row.since.empty() && tools_.options.pages_max == 0;
        closing.contents_at = closing.contents_read ? std::optional<Time>(report_.row.cut) : before_.full_at;
        closing.scope = {{"model", plan.scope.model},
                         {"domain", plan.scope.domain},
                         {"companies", json::Array(plan.scope.companies.begin(), plan.scope.companies.end())},
                         {"server", tools_.settings.server},
                         {"note", plan.scope.note}};
    }

    Result<void> finish(const Result<void>& done) {
        PullRow& row = report_.row;
        if (!done.ok()) {
            row.error = done.error().message;
            row.state = PullState::kFailed;  // the next pull goes on from there all the same
        }
        row.calls = calls_before_ + tools_.meter.calls() - meter_calls_;
        row.bytes = bytes_before_ + tools_.meter.bytes() - meter_bytes_;
        if (row.state == PullState::kDone && settled_) {
            detail::Arrival arrival;
            arrival.cursor = format_odoo(row.cut - tools_.settings.overlap);
            arrival.full = report_.closing.contents_read;
            arrival.swept_at = report_.closing.cut;
            TRY(store([&](pg::Transaction& tx) { return detail::save_arrival(tx, source_, entity_.name, arrival); }));
        }
        const bool paused = row.state == PullState::kPaused;
        TRY(end(row, !done.ok() || row.state == PullState::kCancelled ? "failed" : paused ? "held" : "done"));
        report_.seconds = std::chrono::duration<double>(tools_.clock.now() - began_).count();
        return ok();
    }

    ledger::Run run_row(const std::string& status) const {
        const PullRow& row = report_.row;
        ledger::Run run;
        run.id = row.run;
        run.kind = "pull";
        run.started_at = row.started_at;
        run.status = status;
        run.correlation = tools_.options.correlation;
        return run;
    }

    Result<void> end(PullRow& row, const std::string& status) {
        row.updated_at = tools_.clock.now();
        if (row.state != PullState::kPaused) row.ended_at = row.updated_at;
        ledger::Run run = run_row(status);
        run.id = row.run;
        run.ended_at = row.updated_at;
        run.error = row.error;
        run.counts = {{"entity", row.entity},
                      {"kind", to_string(row.kind)},
                      {"state", to_string(row.state)},
                      {"created", row.counts.created},
                      {"updated", row.counts.updated},
                      {"deleted", row.counts.deleted},
                      {"unchanged", row.counts.unchanged},
                      {"calls", row.calls},
                      {"bytes", row.bytes},
                      {"errors", report_.errors}};
        if (tools_.options.accept_deletions) run.counts["deletions_accepted_by"] = tools_.options.by;
        ledger::RunEvent event;
        event.run = row.run;
        event.correlation = tools_.options.correlation;
        event.at = row.updated_at;
        event.kind = "mirror.pulled";
        event.level = row.error.empty() ? "info" : "error";
        event.message =
            row.entity + ": " + std::string(to_string(row.state)) + (row.error.empty() ? "" : ", " + row.error);
        event.facts = run.counts;
        return store([&](pg::Transaction& tx) -> Result<void> {
            TRY(tools_.meter.save(tx, source_));
            TRY(detail::save_pull(tx, source_, row));
            TRY(ledger::end_run(tx, {source_.org, std::string(kProfile)}, run));
            return ledger::append(tx, source_.org, {event});
        });
    }

    detail::Tools tools_;
    Random& random_;
    const Entity& entity_;
    const Source& source_;
    const Time began_;
    const std::int64_t meter_calls_ = tools_.meter.calls();
    const std::int64_t meter_bytes_ = tools_.meter.bytes();
    std::int64_t calls_before_ = 0, bytes_before_ = 0;  // of a pull that goes on
    bool settled_ = false;
    EntityRow before_;
    PullReport report_;
};

}  // namespace

Puller::Puller(pg::Database& database, odoo::Client& client, Meter& meter, Clock& clock, Random& random,
               PullerSettings settings)
    : database_(database),
      client_(client),
      meter_(meter),
      clock_(clock),
      random_(random),
      settings_(std::move(settings)) {}

Result<PullReport> Puller::pull(const Entity& entity, const PullOptions& options) {
    return Pulling({database_, client_, meter_, clock_, settings_, options}, random_, entity).run();
}

}  // namespace syncline::mirror
