// What is proven of the mirror, what a pull would bring, and the contract with the server.
#include <algorithm>

#include "actions/detail/mirror_words.hpp"
#include "actions/mirror_handlers.hpp"
#include "base/text.hpp"
#include "mirror/verify.hpp"

namespace syncline::actions {
namespace {

using detail::entity_name;

MirrorVerifyRow row_of(const mirror::Verified& verified, const std::string& entity, bool offline) {
    MirrorVerifyRow row;
    row.entity = entity;
    row.good = offline ? verified.offline_good() : verified.good();
    if (verified.certificate) {
        row.certificate = verified.certificate->certified ? "certified" : "refused";
        row.cut = format_iso(verified.certificate->cut);
    }
    row.root_same = verified.root_same;
    row.ids_same = verified.ids_same;
    row.stored = verified.stored;
    row.remote = verified.sweep.ids;
    row.created = verified.sweep.created;
    row.changed = verified.sweep.changed;
    row.missing = verified.sweep.missing;
    row.contents_total = verified.contents_total;
    row.contents_read = verified.contents_read;
    row.chance_of_one = verified.chance_of_one;
    row.chance_of_percent = verified.chance_of_percent;
    row.tampered = verified.tampered;
    row.late = verified.late;
    row.content = verified.content;
    row.moved = verified.moved;
    row.calls = verified.calls;
    for (const mirror::Finding& finding : verified.findings) {
        row.findings.push_back({finding.what, finding.id, finding.field, finding.stored, finding.live});
    }
    return row;
}

Result<std::vector<std::string>> pulled_entities(Services& services) {
    const pg::Rows rows = TRY(services.transact([&](pg::Transaction& tx) {
        return tx.exec(
            "select entity from odoo.entities where org_id = $1 and connector = $2 and absent = ''"
            " and full_at is not null",
            {services.scope.org.text(), services.mirror_source().connector});
    }));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) names.emplace_back(rows.text(i, "entity"));
    if (names.empty()) return make_error(Errc::kNotFound, "nothing was pulled yet", "`syncline mirror pull --all`");
    return names;
}

Result<mirror::Verified> verify_live(Services& services, MirrorPeer& peer, const std::string& entity,
                                     const mirror::VerifyOptions& options) {
    const mirror::Scope scope = TRY(detail::scope_of(services, peer, entity));
    const mirror::Columns columns = TRY(detail::columns_of(services, scope));
    return mirror::verify(services.store, peer.client, services.mirror_source(), scope, columns, peer.random,
                          services.clock, options);
}

}  // namespace

Result<MirrorCertificate> mirror_certificate(Services& services, const MirrorEntityInput& input) {
    const std::string entity = TRY(entity_name(input.entity));
    return detail::view_of(TRY(services.transact(
        [&](pg::Transaction& tx) { return mirror::newest_certificate(tx, services.mirror_source(), entity); })));
}

Result<MirrorProof> mirror_prove(Services& services, const MirrorProveInput& input) {
    const std::string entity = TRY(entity_name(input.entity));
    const mirror::Proven proven = TRY(mirror::prove(services.store, services.mirror_source(), entity, input.id));
    MirrorProof proof;
    proof.entity = entity;
    proof.id = input.id;
    proof.hash = proven.hash;
    proof.root = proven.certificate.root;
    proof.cut = format_iso(proven.certificate.cut);
    proof.certificate = proven.certificate.number;
    for (const mirror::ProofStep& step : proven.proof) {
        proof.steps.push_back({step.left ? "left" : "right", to_hex(step.sibling)});
    }
    return proof;
}

Result<MirrorVerified> mirror_verify(Services& services, const MirrorVerifyInput& input) {
    if (input.sample < 0 || input.sample > mirror::kSampleMax) {
        return make_error(Errc::kInvalid, "a sample has 0 to " + std::to_string(mirror::kSampleMax) + " records");
    }
    const std::vector<std::string> entities =
        input.entity.empty() ? TRY(pulled_entities(services)) : std::vector{TRY(entity_name(input.entity))};
    MirrorVerified verified;
    verified.good = true;
    verified.offline = input.offline;
    std::optional<MirrorPeer> peer;
    if (!input.offline) peer.emplace(TRY(services.mirror()));
    for (const std::string& entity : entities) {
        const mirror::Verified found =
            peer ? TRY(verify_live(services, *peer, entity, {static_cast<int>(input.sample), input.full}))
                 : TRY(mirror::verify_offline(services.store, services.mirror_source(), entity, services.clock));
        verified.entities.push_back(row_of(found, entity, input.offline));
        verified.good = verified.good && verified.entities.back().good;
        verified.calls += found.calls;
    }
    return verified;
}

Result<MirrorPreview> mirror_preview(Services& services, const MirrorPreviewInput& input) {
    MirrorPeer peer = TRY(services.mirror());
    const mirror::Scope scope = TRY(detail::scope_of(services, peer, input.entity));
    const mirror::Columns columns = TRY(detail::columns_of(services, scope));
    mirror::PreviewOptions options;
    options.by = services.config.caller;
    options.life = services.config.mirror.preview_life;
    options.pages = static_cast<int>(std::clamp<std::int64_t>(input.pages, 0, mirror::kPreviewPagesMax + 1));
    options.fresh = input.fresh;
    const mirror::Preview made = TRY(mirror::preview(services.store, peer.client, services.mirror_source(), scope,
                                                     columns, peer.random, services.clock, options));
    MirrorPreview view;
    view.preview = made.id;
    view.entity = made.entity;
    view.created = made.counts.created;
    view.updated = made.counts.updated;
    view.deleted = made.counts.deleted;
    view.in_sync = made.counts.in_sync;
    view.archived = made.counts.archived;
    view.remote = made.remote;
    view.local = made.local;
    view.note = made.note;
    for (const mirror::Sample& sample : made.samples) {
        view.samples.push_back({std::string(mirror::to_string(sample.status)),
                                sample.external_id,
                                {sample.name, sample.sku, sample.email, sample.number},
                                sample.stamp});
    }
    view.computed_by = made.computed_by;
    view.computed_at = format_iso(made.computed_at);
    view.expires_at = format_iso(made.expires_at);
    view.cached = made.cached;
    view.calls = made.calls;
    return view;
}

Result<MirrorDriftList> mirror_drift(Services& services, const MirrorDriftInput& input) {
    constexpr std::int64_t kRowsMax = 1000;
    const std::string entity = input.entity.empty() ? "" : TRY(entity_name(input.entity));
    const std::vector<mirror::Noticed> noticed = TRY(services.transact([&](pg::Transaction& tx) {
        return mirror::drift(tx, services.mirror_source(), entity,
                             static_cast<int>(std::clamp<std::int64_t>(input.rows_max, 1, kRowsMax)));
    }));
    MirrorDriftList list;
    for (const mirror::Noticed& note : noticed) {
        list.drift.push_back(
            {note.entity, note.field, note.change, note.from_type, note.to_type, note.handled, format_iso(note.at)});
    }
    return list;
}

Result<Done> mirror_contract(Services& services, const MirrorContractInput& input) {
    const std::string entity = TRY(entity_name(input.entity));
    const mirror::Contract contract = TRY(mirror::parse_contract(input.contract));
    TRY(services.transact([&](pg::Transaction& tx) {
        return mirror::set_contract(tx, services.mirror_source(), entity, contract, services.clock.now());
    }));
    return Done{"when fields of " + entity + " change: " + input.contract};
}

}  // namespace syncline::actions
