// inbox.replay: look again. State decides, not the event: a replayed event changes nothing that is in step.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "actions/detail/instant.hpp"
#include "actions/detail/link_queries.hpp"
#include "actions/detail/receipts.hpp"
#include "actions/detail/subjects.hpp"
#include "actions/handlers.hpp"
#include "dispatch/subject.hpp"
#include "ingress/receipts.hpp"

namespace syncline::actions {

namespace {

constexpr int kReceiptsMax = 1000;  // of one replay: each comes with its body
constexpr std::size_t kSampleMax = 10;

struct Chosen {
    std::vector<ingress::Receipt> receipts;
    std::vector<std::string> subjects;  // to be looked at whether or not something was received about them
    bool more = false;
};

// What is to be done, and what is not.
struct Replay {
    std::vector<std::int64_t> reopened;
    std::map<std::string, jobs::NewJob> looks;  // by subject
    ReplayReport report;
};

std::optional<std::int64_t> number_of(std::string_view text) {
    if (text.starts_with("receipt/")) text.remove_prefix(8);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// "plane/item/<uuid>" is one already, even if nothing is known of it yet. All else has to name one record.
Result<std::vector<std::string>> subjects_named(pg::Transaction& tx, const Services& services,
                                                const std::string& what) {
    if (what.starts_with("plane/") || what.starts_with("odoo/")) {
        TRY(dispatch::hint_of(what));
        return std::vector<std::string>{what};
    }
    const std::vector<LinkRow> rows = TRY(detail::find_links(tx, services.scope, services.profile, what));
    if (rows.size() > 1) {
        return make_error(Errc::kInvalid, "/what: several records match '" + what + "'",
                          "name one of them, such as " + rows[0].link + " or " + rows[1].link);
    }
    std::vector<std::string> subjects;
    if (!rows.empty()) subjects = detail::subjects_of(services.profile, rows.front());
    if (subjects.empty()) {
        return make_error(Errc::kNotFound, "nothing is known of '" + what + "'",
                          "give a receipt's number, plane/item/ID, odoo/project.task/42, or a link such as "
                          "task/odoo/42");
    }
    return subjects;
}

Result<ingress::Filter> filter_of(const Services& services, const ReplayInput& input) {
    const Time now = services.clock.now();
    ingress::Filter filter;
    filter.state = input.state;
    filter.endpoint = input.endpoint;
    filter.from = TRY(detail::instant_of(input.from, now));
    filter.to = TRY(detail::instant_of(input.to, now));
    if (input.before > 0) filter.before = input.before;
    filter.rows_max = kReceiptsMax + 1;
    const bool filtered = filter.from || filter.to || !filter.state.empty() || !filter.endpoint.empty();
    if (input.what.empty() && !filtered) {
        return make_error(Errc::kInvalid, "/what: nothing was chosen",
                          "name a receipt or a record, or narrow by endpoint, state, from or to");
    }
    return filter;
}

Result<Chosen> choose(pg::Transaction& tx, const Services& services, const ReplayInput& input) {
    ingress::Filter filter = TRY(filter_of(services, input));
    Chosen chosen;
    if (const std::optional<std::int64_t> number = number_of(input.what)) {
        chosen.receipts.push_back(TRY(detail::load_receipt(tx, services.scope, *number)));
        return chosen;
    }
    if (!input.what.empty()) chosen.subjects = TRY(subjects_named(tx, services, input.what));
    // A record is looked at in any case; what was done about it already need not be done again for its sake (an Odoo
    // batch is about hundreds of others, too).
    const bool open_only = !input.what.empty() && input.state.empty();
    std::map<std::int64_t, ingress::Receipt, std::greater<>> newest_first;
    for (const std::string& subject : input.what.empty() ? std::vector<std::string>{""} : chosen.subjects) {
        filter.subject = subject;
        for (ingress::Receipt& receipt : TRY(ingress::list(tx, services.scope.org, filter))) {
            if (open_only && receipt.state == "processed") continue;
            newest_first.try_emplace(receipt.id, std::move(receipt));
        }
    }
    for (auto& [id, receipt] : newest_first) {
        chosen.more = chosen.receipts.size() == kReceiptsMax;
        if (chosen.more) break;
        chosen.receipts.push_back(std::move(receipt));
    }
    return chosen;
}

// What it is about; as this program understands it, when the one that received it did not.
std::vector<ingress::Subject> subjects_of(const ingress::Receipt& receipt) {
    if (receipt.state != "quarantined") return receipt.understood.subjects;
    Result<ingress::Understood> understood = ingress::understand(receipt.source, receipt.headers, receipt.body);
    return understood ? std::move(understood->subjects) : std::vector<ingress::Subject>();
}

Replay sort_out(const Chosen& chosen) {
    Replay replay;
    ReplayReport& report = replay.report;
    for (const std::string& subject : chosen.subjects) {
        replay.looks.emplace(subject, dispatch::look_job(subject, "", ""));
    }
    for (const ingress::Receipt& receipt : chosen.receipts) {
        if (receipt.state == "received" || receipt.state == "processing") {
            ++report.waiting;
            continue;
        }
        const std::vector<ingress::Subject> subjects = subjects_of(receipt);
        if (subjects.empty()) {
            ++report.about_nothing;
            continue;
        }
        for (const ingress::Subject& subject : subjects) {
            replay.looks.insert_or_assign(subject.text(),
                                          dispatch::look_job(subject.text(), subject.container, receipt.correlation));
        }
        // Without its bytes it cannot be verified once more; its records are looked at all the same.
        if (receipt.body.empty()) {
            ++report.forgotten;
        } else {
            replay.reopened.push_back(receipt.id);
            if (report.sample.size() < kSampleMax) report.sample.push_back(detail::receipt_row(receipt));
        }
    }
    report.receipts = static_cast<std::int64_t>(replay.reopened.size());
    report.looks = static_cast<std::int64_t>(replay.looks.size());
    if (chosen.more) report.next_before = chosen.receipts.back().id;
    for (const auto& [subject, job] : replay.looks) {
        if (report.subjects.size() < kSampleMax) report.subjects.push_back(subject);
    }
    return replay;
}

}  // namespace

Result<ReplayReport> inbox_replay(Services& services, const ReplayInput& input) {
    return services.transact([&](pg::Transaction& tx) -> Result<ReplayReport> {
        Replay replay = sort_out(TRY(choose(tx, services, input)));
        if (!input.yes) return std::move(replay.report);
        const Time now = services.clock.now();
        TRY(ingress::reopen(tx, services.scope.org, replay.reopened, now));
        std::vector<jobs::NewJob> looks;
        for (auto& [subject, job] : replay.looks) looks.push_back(std::move(job));
        replay.report.looks_added = TRY(jobs::enqueue(tx, services.scope.org, looks, now));
        replay.report.done = true;
        return std::move(replay.report);
    });
}

}  // namespace syncline::actions
