#include "dispatch/looks.hpp"

#include <algorithm>
#include <charconv>

namespace syncline::dispatch {

namespace {

constexpr Micros kBusyPause = std::chrono::milliseconds(250);
constexpr Micros kRatePause = std::chrono::seconds(5);
constexpr Micros kDownPause = std::chrono::seconds(2);
// A person has to mend it.
constexpr Micros kKeyPause = std::chrono::seconds(30);

Micros retry_after(const Error& error, Micros otherwise) {
    const std::string_view text = error.detail("retry_after_ms");
    std::int64_t milliseconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    return failure == std::errc() && milliseconds > 0 ? Micros(std::chrono::milliseconds(milliseconds)) : otherwise;
}

}  // namespace

std::optional<Micros> pause_for(const Error& error) {
    switch (error.code) {
        case Errc::kHeld: return kBusyPause;
        case Errc::kRateLimited: return retry_after(error, kRatePause);
        case Errc::kUnreachable: return retry_after(error, kDownPause);
        case Errc::kUnauthorized:
        case Errc::kKeyMissing:
        case Errc::kNotConfigured: return kKeyPause;
        case Errc::kStore:
        case Errc::kCancelled: return kBusyPause;
        default: return std::nullopt;
    }
}

Result<void> ask_for_looks(pg::Transaction& tx, const access::OrgId& org, const std::vector<ingress::Receipt>& receipts,
                           Time now) {
    std::vector<jobs::NewJob> wanted;
    for (const ingress::Receipt& receipt : receipts) {
        for (const ingress::Subject& subject : receipt.understood.subjects) {
            wanted.push_back(look_job(subject.text(), subject.container, receipt.correlation));
        }
    }
    if (wanted.empty()) return ok();
    TRY(jobs::enqueue(tx, org, wanted, now));
    return ok();
}

struct Looks::Asked {
    const jobs::Job* job = nullptr;
    std::optional<sync::Hint> hint;
    std::vector<ingress::Receipt> receipts;
    jobs::Outcome outcome;
};

// What was stored is believed no more than what comes in by the network: somebody may have written to the store.
Result<std::vector<ingress::Receipt>> Looks::verified(std::vector<ingress::Receipt> receipts,
                                                      const std::string& subject) {
    std::vector<ingress::Receipt> good;
    std::vector<std::int64_t> bad;
    std::map<std::string, std::vector<vault::Secret>, std::less<>> secrets;
    for (ingress::Receipt& receipt : receipts) {
        auto known = secrets.find(receipt.endpoint);
        if (known == secrets.end()) {
            known = secrets.emplace(receipt.endpoint, TRY(settings_.secrets(receipt.endpoint))).first;
        }
        const Result<void> verified =
            ingress::verify_stored(receipt.source, known->second, receipt.headers, receipt.body, receipt.received_at);
        if (verified) {
            good.push_back(std::move(receipt));
        } else {
            bad.push_back(receipt.id);
        }
    }
    if (!bad.empty()) {
        TRY(store_.transact(settings_.scope.org.text(), [&](pg::Transaction& tx) {
            return ingress::finish(tx, settings_.scope.org, bad, "dead",
                                   std::string(jobs::to_string(jobs::DeadReason::kBadSignature)), "", clock_.now(),
                                   subject);
        }));
    }
    return good;
}

Result<Looks::Asked> Looks::ask(const jobs::Job& job) {
    Asked asked;
    asked.job = &job;
    asked.receipts =
        TRY(verified(TRY(store_.transact(settings_.scope.org.text(),
                                         [&](pg::Transaction& tx) {
                                             return ingress::take(tx, settings_.scope.org, job.subject, clock_.now());
                                         })),
                     job.subject));
    std::string container(json::text_or(job.payload, "container"));
    for (const ingress::Receipt& receipt : asked.receipts) {
        for (const ingress::Subject& subject : receipt.understood.subjects) {
            if (container.empty() && subject.text() == job.subject) container = subject.container;
        }
    }
    asked.hint = TRY(hint_of(job.subject, container));
    return asked;
}

// The engine keeps an entity's own failure with its link and goes on with the others.
Result<std::string> Looks::trouble_with(pg::Transaction& tx, const sync::Hint& hint) {
    const bool odoo = hint.peer == record::Peer::kOdoo;
    const pg::Rows rows = TRY(tx.exec(
        "select last_error from sync.links where org_id = $1 and profile = $2 and failures > 0 and last_error <> '' "
        "and coalesce(refused_hash, '') = '' and (($3 and odoo_id::text = $4) or (not $3 and plane_id = $4))",
        {settings_.scope.org.text(), settings_.scope.profile, odoo, hint.id}));
    return rows.empty() ? std::string() : std::string(rows.text(0, "last_error"));
}

Result<void> Looks::end_receipts(pg::Transaction& tx, const Asked& asked, std::string_view state,
                                 const std::string& reason, const std::string& run) {
    if (asked.receipts.empty()) return ok();
    std::vector<std::int64_t> ids;
    for (const ingress::Receipt& receipt : asked.receipts) ids.push_back(receipt.id);
    return ingress::finish(tx, settings_.scope.org, ids, state, reason, run, clock_.now(), asked.job->subject);
}

Result<void> Looks::end(std::span<Asked*> asked, const Result<sync::Report>& looked) {
    const std::optional<Micros> pause = looked ? std::nullopt : pause_for(looked.error());
    return store_.transact(settings_.scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        std::vector<jobs::Job> done;
        for (Asked* one : asked) {
            std::string trouble = looked ? TRY(trouble_with(tx, *one->hint)) : looked.error().message;
            if (looked && trouble.empty()) {
                TRY(end_receipts(tx, *one, "processed", "", looked->run));
                done.push_back(*one->job);
                continue;
            }
            one->outcome = looked ? make_error(Errc::kUpstream, trouble) : looked.error();
            // What only has to wait is as good as just received.
            TRY(end_receipts(tx, *one, pause ? "received" : "failed", trouble, ""));
        }
        TRY(queue_.complete(tx, done));
        return ok();
    });
}

Result<void> Looks::look(std::span<Asked*> asked) {
    std::vector<sync::Hint> hints;
    for (const Asked* one : asked) hints.push_back(*one->hint);
    const Result<sync::Report> looked = engine_.look(hints, asked.front()->job->correlation);
    if (looked && settings_.on_run) settings_.on_run(*looked);
    const bool one_of_them = !looked && asked.size() > 1 && !pause_for(looked.error());
    if (!one_of_them) return end(asked, looked);
    for (Asked*& one : asked) TRY(look(std::span(&one, 1)));
    return ok();
}

Result<void> Looks::bury(const jobs::Job& job, jobs::DeadReason reason) {
    return store_.transact(settings_.scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        std::vector<std::int64_t> ids;
        for (const ingress::Receipt& receipt : TRY(ingress::take(tx, settings_.scope.org, job.subject, clock_.now()))) {
            ids.push_back(receipt.id);
        }
        return ingress::finish(tx, settings_.scope.org, ids, "dead", std::string(jobs::to_string(reason)), "",
                               clock_.now(), job.subject);
    });
}

Result<std::vector<jobs::Outcome>> Looks::operator()(std::span<const jobs::Job> jobs) {
    std::vector<Asked> all;
    all.reserve(jobs.size());
    std::vector<Asked*> lookable;
    for (const jobs::Job& job : jobs) {
        Result<Asked> asked = ask(job);
        if (!asked) {
            all.push_back({&job, std::nullopt, {}, asked.error()});
            continue;
        }
        all.push_back(std::move(*asked));
        if (all.back().hint) {
            lookable.push_back(&all.back());
            continue;
        }
        TRY(store_.transact(settings_.scope.org.text(), [&](pg::Transaction& tx) {
            return end_receipts(tx, all.back(), "processed", "kept; nothing follows from it", "");
        }));
    }
    // The store went away in between: the others of the batch wait as well.
    if (const Result<void> looked = lookable.empty() ? ok() : look(lookable); !looked) {
        for (Asked* one : lookable) one->outcome = looked.error();
    }
    std::vector<jobs::Job> waiting;
    Micros longest{};
    std::vector<jobs::Outcome> outcomes;
    for (Asked& one : all) {
        const std::optional<Micros> pause = one.outcome ? std::nullopt : pause_for(one.outcome.error());
        if (pause) {
            if (settings_.on_pause && waiting.empty()) settings_.on_pause(one.outcome.error());
            waiting.push_back(*one.job);
            longest = std::max(longest, *pause);
            one.outcome = ok();  // settled by its release
        }
        outcomes.push_back(std::move(one.outcome));
    }
    if (!waiting.empty()) TRY(queue_.release(waiting, clock_.now() + longest));
    return outcomes;
}

}  // namespace syncline::dispatch
