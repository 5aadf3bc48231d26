#include "actions/detail/mirror_words.hpp"

#include "mirror/claim.hpp"

namespace syncline::actions::detail {

std::string iso_or_nothing(const std::optional<Time>& time) { return time ? format_iso(*time) : ""; }

MirrorDisplay display_of(const mirror::Record& record) {
    return {record.name, record.sku, record.email, record.number};
}

MirrorCertificate view_of(const mirror::Certificate& certificate) {
    MirrorCertificate view;
    view.entity = certificate.entity;
    view.certificate = certificate.number;
    view.status = certificate.certified ? "certified" : "refused";
    view.reasons = certificate.reasons;
    view.cut = format_iso(certificate.cut);
    view.contents = certificate.contents_read ? "read" : "stamps";
    view.contents_at = iso_or_nothing(certificate.contents_at);
    view.overlap_s = certificate.overlap_s;
    view.ids = certificate.ids;
    view.archived = certificate.archived;
    view.ids_digest = certificate.ids_digest;
    view.root = certificate.root;
    for (const mirror::LeftOut& field : certificate.left_out) view.left_out.push_back({field.field, field.reason});
    view.scope = certificate.scope;
    view.run = certificate.run;
    view.made_at = format_iso(certificate.made_at);
    return view;
}

Result<std::string> entity_name(std::string_view text) { return std::string(TRY(mirror::entity_named(text))->name); }

Result<mirror::Scope> scope_of(Services& services, MirrorPeer& peer, std::string_view entity) {
    const std::vector<mirror::Company> companies = TRY(mirror::claim_companies(
        services.store, peer.client, services.mirror_source(), peer.settings.server, services.config.mirror.companies));
    return mirror::scope_of(peer.client, *TRY(mirror::entity_named(entity)), companies);
}

Result<mirror::Columns> columns_of(Services& services, const mirror::Scope& scope) {
    Result<mirror::Columns> kept = services.transact(
        [&](pg::Transaction& tx) { return mirror::kept_columns(tx, services.mirror_source(), scope.entity->name); });
    if (!kept && kept.error().code == Errc::kNotFound) return mirror::choose_columns(scope.model, scope.fields);
    return kept;
}

}  // namespace syncline::actions::detail
