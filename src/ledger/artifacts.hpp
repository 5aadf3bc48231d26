// What a run made: a report, a plan, an export; bytes with a name. SQL of ops.artifacts.
#pragma once

#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

inline constexpr std::size_t kArtifactBytesMax = 16u << 20;  // the schema holds to it too

struct Artifact {
    std::int64_t id = 0;  // given by the store
    std::string run;      // UUID
    std::string name;     // one of its kind in the run, such as "report.json"
    std::string media_type;
    std::string sha256;  // hex, made by the store
    std::int64_t size = 0;
    Time created_at{};
};

// The same name again in the same run replaces the bytes. Answers the id. kInvalid for too many bytes.
Result<std::int64_t> put_artifact(pg::Transaction& tx, const access::OrgId& org, const Artifact& artifact,
                                  std::string_view bytes);
// Without their bytes, oldest first.
Result<std::vector<Artifact>> artifacts(pg::Transaction& tx, const access::OrgId& org, std::string_view run,
                                        int rows_max);
// kNotFound.
Result<std::string> artifact_bytes(pg::Transaction& tx, const access::OrgId& org, std::int64_t id);

}  // namespace syncline::ledger
