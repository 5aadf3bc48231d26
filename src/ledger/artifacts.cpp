#include "ledger/artifacts.hpp"

namespace syncline::ledger {

Result<std::int64_t> put_artifact(pg::Transaction& tx, const access::OrgId& org, const Artifact& artifact,
                                  std::string_view bytes) {
    if (bytes.size() > kArtifactBytesMax) {
        return make_error(Errc::kInvalid,
                          "the artifact " + artifact.name + " has " + std::to_string(bytes.size()) +
                              " bytes, at most " + std::to_string(kArtifactBytesMax) + " are kept",
                          "split it, or write it to a file");
    }
    const pg::Rows rows =
        TRY(tx.exec("insert into ops.artifacts (org_id, run, name, media_type, bytes, created_at) "
                    "values ($1, $2, $3, $4, $5, $6) on conflict (org_id, run, name) do update "
                    "set media_type = excluded.media_type, bytes = excluded.bytes, created_at = excluded.created_at "
                    "returning id",
                    {org.text(), artifact.run, artifact.name, artifact.media_type, pg::bytea_literal(bytes),
                     format_iso(artifact.created_at)}));
    return rows.integer(0, "id");
}

Result<std::vector<Artifact>> artifacts(pg::Transaction& tx, const access::OrgId& org, std::string_view run,
                                        int rows_max) {
    const pg::Rows rows = TRY(
        tx.exec("select id, run, name, media_type, encode(sha256, 'hex') as sha256, length(bytes) as size, created_at "
                "from ops.artifacts where org_id = $1 and run = $2 order by id limit $3",
                {org.text(), run, rows_max}));
    std::vector<Artifact> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Artifact artifact;
        artifact.id = rows.integer(i, "id");
        artifact.run = rows.text(i, "run");
        artifact.name = rows.text(i, "name");
        artifact.media_type = rows.text(i, "media_type");
        artifact.sha256 = rows.text(i, "sha256");
        artifact.size = rows.integer(i, "size");
        artifact.created_at = TRY(parse_time(rows.text(i, "created_at")));
        found.push_back(std::move(artifact));
    }
    return found;
}

Result<std::string> artifact_bytes(pg::Transaction& tx, const access::OrgId& org, std::int64_t id) {
    const pg::Rows rows =
        TRY(tx.exec("select bytes from ops.artifacts where org_id = $1 and id = $2", {org.text(), id}));
    if (rows.empty()) return make_error(Errc::kNotFound, "there is no artifact " + std::to_string(id));
    return rows.bytes(0, "bytes");
}

}  // namespace syncline::ledger
