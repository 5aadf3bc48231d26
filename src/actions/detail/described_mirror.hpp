// The described members of actions/mirror_types.hpp.
#pragma once

#include "actions/describe.hpp"
#include "actions/mirror_types.hpp"

namespace syncline::actions {

BOOST_DESCRIBE_STRUCT(MirrorPullInput, (), (entities, all, full, pages_max, accept_deletions))
BOOST_DESCRIBE_STRUCT(MirrorDriftView, (), (entity, field, change, from_type, to_type, handled, noticed_at))
BOOST_DESCRIBE_STRUCT(MirrorPullView, (),
                      (run, entity, kind, state, total, done, created, updated, deleted, unchanged, calls, bytes,
                       errors, seconds, note, error, drift, certificate, reasons))
BOOST_DESCRIBE_STRUCT(MirrorPullReport, (), (pulls))
BOOST_DESCRIBE_STRUCT(MirrorEntityRow, (),
                      (entity, model, absent, contract, records, created, updated, deleted, in_sync, gone, archived,
                       cursor, full_at, swept_at, certificate, certified_as_of, pull, pull_done, pull_total,
                       pull_error))
BOOST_DESCRIBE_STRUCT(MirrorStatus, (), (connector, companies, entities, calls_today))
BOOST_DESCRIBE_STRUCT(MirrorTableInput, (),
                      (entity, status, search, sku, email, number, sort, descending, archived, raw, page, pageSize))
BOOST_DESCRIBE_STRUCT(MirrorDisplay, (), (name, sku, email, order_number))
BOOST_DESCRIBE_STRUCT(MirrorTableRow, (), (external_id, status, display, raw))
BOOST_DESCRIBE_STRUCT(MirrorTable, (), (data, rowCount, more, page, pageSize))
BOOST_DESCRIBE_STRUCT(MirrorShowInput, (), (entity, id, as_of, history, rows_max))
BOOST_DESCRIBE_STRUCT(MirrorFieldChange, (), (field, from, to))
BOOST_DESCRIBE_STRUCT(MirrorVersionView, (), (version, gone, stamp, hash, run, by, edited_by, seen_at, until, changes))
BOOST_DESCRIBE_STRUCT(MirrorRecordView, (),
                      (entity, external_id, version, status, active, gone, gone_why, display, stamp, hash, run, seen_at,
                       raw, versions))
BOOST_DESCRIBE_STRUCT(MirrorPreviewInput, (), (entity, pages, fresh))
BOOST_DESCRIBE_STRUCT(MirrorSampleView, (), (status, external_id, display, stamp))
BOOST_DESCRIBE_STRUCT(MirrorPreview, (),
                      (preview, entity, created, updated, deleted, in_sync, archived, remote, local, note, samples,
                       computed_by, computed_at, expires_at, cached, calls))
BOOST_DESCRIBE_STRUCT(MirrorSelectInput, (), (entity, direction, choice, ids, all, status, search, rule))
BOOST_DESCRIBE_STRUCT(MirrorSelection, (), (entity, direction, changed, rule, selected, ignored, waiting))
BOOST_DESCRIBE_STRUCT(MirrorEntityInput, (), (entity))
BOOST_DESCRIBE_STRUCT(MirrorLeftOut, (), (field, reason))
BOOST_DESCRIBE_STRUCT(MirrorCertificate, (),
                      (entity, certificate, status, reasons, cut, contents, contents_at, overlap_s, ids, archived,
                       ids_digest, root, left_out, scope, run, made_at))
BOOST_DESCRIBE_STRUCT(MirrorProveInput, (), (entity, id))
BOOST_DESCRIBE_STRUCT(MirrorProofStep, (), (side, sibling))
BOOST_DESCRIBE_STRUCT(MirrorProof, (), (entity, id, hash, root, cut, certificate, steps))
BOOST_DESCRIBE_STRUCT(MirrorVerifyInput, (), (entity, sample, full, offline))
BOOST_DESCRIBE_STRUCT(MirrorFinding, (), (what, id, field, stored, live))
BOOST_DESCRIBE_STRUCT(MirrorVerifyRow, (),
                      (entity, good, certificate, cut, root_same, ids_same, stored, remote, created, changed, missing,
                       contents_total, contents_read, chance_of_one, chance_of_percent, tampered, late, content, moved,
                       calls, findings))
BOOST_DESCRIBE_STRUCT(MirrorVerified, (), (good, offline, entities, calls))
BOOST_DESCRIBE_STRUCT(MirrorDriftInput, (), (entity, rows_max))
BOOST_DESCRIBE_STRUCT(MirrorDriftList, (), (drift))
BOOST_DESCRIBE_STRUCT(MirrorContractInput, (), (entity, contract))
BOOST_DESCRIBE_STRUCT(MirrorControlInput, (), (pull, what))
BOOST_DESCRIBE_STRUCT(MirrorActivityInput, (), (entity, rows_max))
BOOST_DESCRIBE_STRUCT(MirrorActivityRow, (),
                      (run, entity, kind, state, by, started_at, ended_at, seconds, total, done, created, updated,
                       deleted, unchanged, calls, bytes, errors, error))
BOOST_DESCRIBE_STRUCT(MirrorActivity, (), (data, rowCount))
BOOST_DESCRIBE_STRUCT(MirrorCheck, (), (area, check, result, expected, found, evidence))
BOOST_DESCRIBE_STRUCT(MirrorValidation, (), (run, good, passed, failed, skipped, checks))
template <>
inline std::vector<std::string_view> required_members<MirrorTableInput>() {
    return {"entity"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorShowInput>() {
    return {"entity", "id"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorPreviewInput>() {
    return {"entity"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorSelectInput>() {
    return {"entity"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorEntityInput>() {
    return {"entity"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorProveInput>() {
    return {"entity", "id"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorContractInput>() {
    return {"entity", "contract"};
}
template <>
inline std::vector<std::string_view> required_members<MirrorControlInput>() {
    return {"pull", "what"};
}

}  // namespace syncline::actions
