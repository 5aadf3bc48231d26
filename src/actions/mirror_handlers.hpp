// The actions on the mirror, typed. An entity may be named by an alias; kNotFound for one that there is not.
#pragma once

#include "actions/services.hpp"
#include "actions/types.hpp"

namespace syncline::actions {

// Pulls what changed (or all) and certifies it. An entity that cannot be pulled is told in its row, unless it is the
// only one; kUnreachable and what is wrong with the key end the whole.
Result<MirrorPullReport> mirror_pull(Services& services, const MirrorPullInput& input);
Result<MirrorStatus> mirror_status(Services& services, const Nothing& input);
Result<MirrorTable> mirror_table(Services& services, const MirrorTableInput& input);
Result<MirrorRecordView> mirror_show(Services& services, const MirrorShowInput& input);
Result<MirrorPreview> mirror_preview(Services& services, const MirrorPreviewInput& input);
Result<MirrorSelection> mirror_select(Services& services, const MirrorSelectInput& input);
Result<MirrorCertificate> mirror_certificate(Services& services, const MirrorEntityInput& input);
Result<MirrorProof> mirror_prove(Services& services, const MirrorProveInput& input);
// What is wrong is in the report, not an error.
Result<MirrorVerified> mirror_verify(Services& services, const MirrorVerifyInput& input);
Result<MirrorDriftList> mirror_drift(Services& services, const MirrorDriftInput& input);
Result<Done> mirror_contract(Services& services, const MirrorContractInput& input);
// Pauses or cancels what runs, in whichever process; resuming pulls on.
Result<Done> mirror_control(Services& services, const MirrorControlInput& input);
Result<MirrorActivity> mirror_activity(Services& services, const MirrorActivityInput& input);
// The checks of the mirror against Odoo and against itself, kept as an artifact of a run.
Result<MirrorValidation> mirror_validate(Services& services, const Nothing& input);

json::Value to_json(const MirrorPullReport& answer);
json::Value to_json(const MirrorStatus& answer);
json::Value to_json(const MirrorTable& answer);
json::Value to_json(const MirrorRecordView& answer);
json::Value to_json(const MirrorPreview& answer);
json::Value to_json(const MirrorSelection& answer);
json::Value to_json(const MirrorCertificate& answer);
json::Value to_json(const MirrorProof& answer);
json::Value to_json(const MirrorVerified& answer);
json::Value to_json(const MirrorDriftList& answer);
json::Value to_json(const MirrorActivity& answer);
json::Value to_json(const MirrorValidation& answer);

}  // namespace syncline::actions
