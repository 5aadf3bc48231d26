#include "mirror/detail/offline.hpp"

#include "base/text.hpp"
#include "mirror/detail/findings.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror {
namespace detail {

// Every stored hash, and the root and the digest over them.
Result<void> offline(const Job& job, Verified& verified, const std::function<void(std::int64_t)>& visit) {
    Result<Certificate> certificate = job.database.transact(
        job.source.org.text(), [&](pg::Transaction& tx) { return newest_certificate(tx, job.source, job.entity); });
    if (!certificate && certificate.error().code != Errc::kNotFound) return certificate.error();
    if (certificate) verified.certificate = std::move(*certificate);
    const Time at = verified.certificate ? verified.certificate->made_at : job.clock.now();
    Findings findings(verified);
    MerkleTree tree;
    vault::Sha256 ids;
    TRY(witnesses(job.database, job.source, job.entity, at, [&](const Witness& record) -> Result<void> {
        tree.add(record.external_id, record.hash);
        ids.add(std::to_string(record.external_id) + "\n");
        ++verified.stored;
        if (!record.intact) {
            ++verified.tampered;
            findings.add({"tampered", record.external_id, "", to_hex(record.hash), ""});
        }
        visit(record.external_id);
        return ok();
    }));
    if (!verified.certificate) return ok();
    verified.root_same = to_hex(tree.root()) == verified.certificate->root;
    verified.ids_same = to_hex(ids.finish()) == verified.certificate->ids_digest;
    return ok();
}

}  // namespace detail

double chance(std::int64_t total, std::int64_t read, std::int64_t differing) {
    if (differing <= 0 || read <= 0) return 0;
    if (read + differing > total) return 1;
    double none = 1;
    for (std::int64_t i = 0; i < differing && none > 0; ++i) {
        none *= static_cast<double>(total - read - i) / static_cast<double>(total - i);
    }
    return 1 - none;
}

Result<Verified> verify_offline(pg::Database& database, const Source& source, std::string_view entity,
                                const Clock& clock) {
    Verified verified;
    TRY(detail::offline({database, nullptr, source, entity, clock}, verified, [](std::int64_t) {}));
    return verified;
}

}  // namespace syncline::mirror
