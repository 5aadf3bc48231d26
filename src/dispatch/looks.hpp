// The handler of `look` jobs: verify once more what asked for the look, look, end the receipts.
//
// A batch is one run of the engine. When it fails for a reason that may lie in one of its entities, each is looked at
// alone, so that a poison entity stops only itself. One thread at a time.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "dispatch/subject.hpp"
#include "ingress/receipts.hpp"
#include "jobs/worker.hpp"

namespace syncline::dispatch {

inline constexpr int kLooksAtOnce = 50;

// Secrets that may have signed what an endpoint received. KEY_MISSING when it has none.
using EndpointSecrets = std::function<Result<std::vector<vault::Secret>>(const std::string& endpoint)>;
// Told of each run that looked, for those who show or count them; may be empty.
using OnRun = std::function<void(const sync::Report&)>;
// Told why work waits: the error that pause_for() took for nobody's fault; may be empty.
using OnPause = std::function<void(const Error&)>;

struct LookSettings {
    access::Scope scope;
    EndpointSecrets secrets;
    OnRun on_run;
    OnPause on_pause;
};

class Looks {
public:
    Looks(pg::Database& store, sync::Engine& engine, jobs::Queue& queue, Clock& clock, LookSettings settings)
        : store_(store), engine_(engine), queue_(queue), clock_(clock), settings_(std::move(settings)) {}

    // A jobs::Handler.
    Result<std::vector<jobs::Outcome>> operator()(std::span<const jobs::Job> jobs);
    // The job is with the dead now: so are its receipts, with the same reason.
    Result<void> bury(const jobs::Job& job, jobs::DeadReason reason);

private:
    struct Asked;
    Result<Asked> ask(const jobs::Job& job);
    Result<std::vector<ingress::Receipt>> verified(std::vector<ingress::Receipt> receipts, const std::string& subject);
    Result<void> look(std::span<Asked*> asked);
    Result<void> end_receipts(pg::Transaction& tx, const Asked& asked, std::string_view state,
                              const std::string& reason, const std::string& run);
    Result<void> end(std::span<Asked*> asked, const Result<sync::Report>& looked);
    Result<std::string> trouble_with(pg::Transaction& tx, const sync::Hint& hint);

    pg::Database& store_;
    sync::Engine& engine_;
    jobs::Queue& queue_;
    Clock& clock_;
    LookSettings settings_;
};

// The jobs that receipts cause, in the transaction that stores them: what the front door does with each batch.
Result<void> ask_for_looks(pg::Transaction& tx, const access::OrgId& org, const std::vector<ingress::Receipt>& receipts,
                           Time now);

// A peer is down, its key is dead, its budget is spent, or somebody else is at work: not this entity's fault. The job
// goes back without an attempt counted, for so long. None: it is the job's own failure.
std::optional<Micros> pause_for(const Error& error);

}  // namespace syncline::dispatch
