// ledger.verify, ledger export, conflicts.resolve
#include "actions/detail/in_turn.hpp"
#include "actions/detail/subjects.hpp"
#include "actions/handlers.hpp"
#include "dispatch/subject.hpp"
#include "ledger/chain.hpp"
#include "record/link_key.hpp"
#include "sync/decisions.hpp"

namespace syncline::actions {

namespace {

Result<std::optional<ledger::ChainHead>> noted_head(const std::string& text) {
    if (text.empty()) return std::optional<ledger::ChainHead>();
    return std::optional(TRY(ledger::parse_chain_head(text)));
}

VerifyReport report_of(const ledger::Verdict& verdict, bool against_head) {
    VerifyReport report;
    report.good = !verdict.first_bad;
    report.entries = verdict.entries;
    report.first_bad = verdict.first_bad.value_or(0);
    report.what = verdict.what;
    report.head = ledger::to_text(verdict.head);
    report.against_head = against_head;
    return report;
}

// A running `serve` carries the decision over at once.
Result<void> ask_for_look(pg::Transaction& tx, const Services& services, const sync::Decided& decided, Time now) {
    LinkRow row;
    row.entity = TRY(record::parse_link_key(decided.review.link)).entity;
    row.odoo_id = decided.odoo_id;
    row.plane_id = decided.plane_id;
    const std::vector<std::string> subjects = detail::subjects_of(services.profile, row);
    if (subjects.empty()) return ok();
    jobs::NewJob job = dispatch::look_job(subjects.front(), "", "");
    job.priority = jobs::Priority::kInteractive;
    TRY(jobs::enqueue(tx, services.scope.org, job, now));
    return ok();
}

}  // namespace

Result<VerifyReport> ledger_verify(Services& services, const VerifyInput& input) {
    const std::optional<ledger::ChainHead> noted = TRY(noted_head(input.head));
    return report_of(TRY(ledger::verify_store(services.store, services.scope.org, noted)), noted.has_value());
}

Result<VerifyReport> verify_export(std::istream& in, const VerifyInput& input) {
    const std::optional<ledger::ChainHead> noted = TRY(noted_head(input.head));
    return report_of(TRY(ledger::verify_export(in, noted)), noted.has_value());
}

Result<ExportReport> ledger_export(Services& services, const std::function<Result<void>(std::string_view line)>& sink) {
    const ledger::ChainHead head = TRY(ledger::export_chain(services.store, services.scope.org, sink));
    return ExportReport{"", head.seq, ledger::to_text(head)};
}

Result<ResolveReport> conflicts_resolve(Services& services, const ResolveInput& input) {
    if (input.winner != "odoo" && input.winner != "plane") {
        return make_error(Errc::kInvalid, "/winner: must be odoo or plane");
    }
    const bool odoo = input.winner == "odoo";
    const sync::Decision decision{input.id, odoo ? record::Peer::kOdoo : record::Peer::kPlane,
                                  input.by.empty() ? services.config.caller : input.by};
    const sync::Decided decided = TRY(detail::in_turn(services.clock, [&] {
        return services.transact([&](pg::Transaction& tx) -> Result<sync::Decided> {
            const Time now = services.clock.now();
            sync::Decided it = TRY(sync::decide(tx, services.scope, services.profile, decision, now));
            TRY(ask_for_look(tx, services, it, now));
            return it;
        });
    }));
    const ledger::Review& review = decided.review;
    ResolveReport report;
    report.id = review.id;
    report.link = review.link;
    report.title = decided.title;
    report.field = review.field;
    report.winner = input.winner;
    report.winning = odoo ? review.odoo : review.plane;
    report.losing = odoo ? review.plane : review.odoo;
    return report;
}

}  // namespace syncline::actions
