// What is proven of the mirror: as of a cut it held exactly these ids with these contents. Made at the end of a pull,
// from what the pull knows of itself and what the store holds; refused, with reasons, where anything is not proven.
// SQL of odoo.certificates. Safe from any thread.
#pragma once

#include <functional>

#include "mirror/merkle.hpp"
#include "mirror/pull.hpp"
#include "mirror/records.hpp"

namespace syncline::mirror {

inline constexpr int kCertifyPage = 20'000;  // records per statement: memory stays flat

struct Certificate {
    std::int64_t number = 0;  // given by the store
    std::string entity;
    std::string run;
    bool certified = false;
    std::vector<std::string> reasons;  // why not
    Time cut{};                        // the mirror equals Odoo as of this instant
    bool contents_read = false;        // all contents were read in this pull; else they are known by write_date since:
    std::optional<Time> contents_at;
    int overlap_s = 0;
    std::int64_t ids = 0;
    std::int64_t archived = 0;
    std::string ids_digest;  // hex SHA-256 over the sorted ids, decimal, a line each
    std::string root;        // hex: merkle.hpp
    std::vector<LeftOut> left_out;
    json::Object scope;
    Time made_at{};
};

// Reads the store once and writes the certificate, and a line of the run about it.
Result<Certificate> certify(pg::Database& database, const Source& source, const PullReport& report, Clock& clock);

// The newest one of the entity; kNotFound when none was ever made.
Result<Certificate> newest_certificate(pg::Transaction& tx, const Source& source, std::string_view entity);

// A record of the mirror as it was at an instant, and whether what is stored still has the hash it had.
struct Witness {
    std::int64_t external_id = 0;
    std::string hash;  // 32 bytes
    bool intact = true;
    bool active = true;
};
// Those that were there (not gone) at that instant, in order of id.
Result<void> witnesses(pg::Database& database, const Source& source, std::string_view entity, Time at,
                       const std::function<Result<void>(const Witness&)>& each);

struct Proven {
    Certificate certificate;
    std::string hash;  // hex, of the record
    Proof proof;
};
// The proof that one record is under the newest certificate. kNotFound when it is not; kMoved when the store's root is
// not the certificate's any more: verify says what was changed.
Result<Proven> prove(pg::Database& database, const Source& source, std::string_view entity, std::int64_t external_id);

}  // namespace syncline::mirror
