// What the actions on the mirror share: entities by any of their names, views, and Odoo made ready for one entity.
#pragma once

#include "actions/mirror_types.hpp"
#include "actions/services.hpp"
#include "mirror/certificate.hpp"
#include "mirror/contract.hpp"

namespace syncline::actions::detail {

std::string iso_or_nothing(const std::optional<Time>& time);
MirrorDisplay display_of(const mirror::Record& record);
MirrorCertificate view_of(const mirror::Certificate& certificate);

// The canonical name; kNotFound with the list of those there are.
Result<std::string> entity_name(std::string_view text);

// One entity as Odoo has it for this org's companies.
Result<mirror::Scope> scope_of(Services& services, MirrorPeer& peer, std::string_view entity);
// Its columns as the last pull kept them, or as a first one would.
Result<mirror::Columns> columns_of(Services& services, const mirror::Scope& scope);

}  // namespace syncline::actions::detail
