#include "actions/mirror_handlers.hpp"
#include "ledger/artifacts.hpp"
#include "ledger/runs.hpp"
#include "mirror/claim.hpp"
#include "mirror/validation.hpp"

namespace syncline::actions {
namespace {

MirrorValidation view_of(const std::vector<mirror::Check>& checks, const std::string& run) {
    MirrorValidation view;
    view.run = run;
    for (const mirror::Check& check : checks) {
        view.passed += check.verdict == mirror::Verdict::kPass;
        view.failed += check.verdict == mirror::Verdict::kFail;
        view.skipped += check.verdict == mirror::Verdict::kSkipped;
        view.checks.push_back({check.area, check.name, std::string(mirror::to_string(check.verdict)), check.expected,
                               check.found, check.evidence});
    }
    view.good = view.failed == 0 && view.passed > 0;
    return view;
}

}  // namespace

Result<MirrorValidation> mirror_validate(Services& services, const Nothing&) {
    MirrorPeer peer = TRY(services.mirror());
    const mirror::Source source = services.mirror_source();
    const std::vector<mirror::Company> companies = TRY(mirror::claim_companies(
        services.store, peer.client, source, peer.settings.server, services.config.mirror.companies));
    ledger::Run run;
    run.id = peer.random.uuid();
    run.kind = "mirror.validate";
    run.started_at = services.clock.now();
    const std::vector<mirror::Check> checks = TRY(mirror::validate(services.store, peer.client, source, companies));
    const MirrorValidation view = view_of(checks, run.id);
    run.ended_at = services.clock.now();
    run.status = "done";
    run.counts = {{"passed", view.passed}, {"failed", view.failed}, {"skipped", view.skipped}};
    TRY(services.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(ledger::start_run(tx, services.scope, run));
        ledger::Artifact artifact;
        artifact.run = run.id;
        artifact.name = "validation.json";
        artifact.media_type = "application/json";
        artifact.created_at = *run.ended_at;
        TRY(ledger::put_artifact(tx, source.org, artifact, json::canonical(mirror::to_json(checks))));
        return ledger::end_run(tx, services.scope, run);
    }));
    return view;
}

}  // namespace syncline::actions
