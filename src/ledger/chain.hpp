// The ledger's hash chain, computed again: entries and conflicts of one org are one chain (schema/0005_operations.sql
// says exactly how a row is hashed), and a verifier that trusts nobody walks it from the first row.
//
// What it finds: a row changed, removed, put in or moved, at its place. Rows cut off the end, and a chain computed anew
// by somebody who may do so, are found only against a head that was noted before, outside the store.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/org.hpp"
#include "base/result.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

inline constexpr std::string_view kChainFormat = "syncline.ledger.1";
inline constexpr std::int64_t kChainPageRows = 256;             // held in memory at once
inline constexpr std::size_t kExportLineBytesMax = 256u << 20;  // of one row; a longer line is not read
inline constexpr std::string_view kChainStart =                 // what comes before row 1
    "0000000000000000000000000000000000000000000000000000000000000000";

struct ChainHead {
    std::int64_t seq = 0;
    std::string hash = std::string(kChainStart);  // SHA-256, hex
    bool operator==(const ChainHead&) const = default;
};
std::string to_text(const ChainHead& head);                 // "42:9f86d0…", to be noted somewhere safe
Result<ChainHead> parse_chain_head(std::string_view text);  // kInvalid

struct ChainRow {
    bool conflict = false;  // else an entry
    std::int64_t seq = 0;
    std::vector<std::optional<std::string>> fields;  // those after seq, in the order in which they are hashed
    std::string prev_hash;                           // hex, as stored
    std::string hash;
};
// The hash that the row must have after `prev_hash`.
std::string chain_hash(std::string_view org, const ChainRow& row, std::string_view prev_hash);

struct Verdict {
    std::int64_t entries = 0;               // rows that are good, from the first on
    std::optional<std::int64_t> first_bad;  // the place (seq) of the first that is not; nothing: all are
    std::string what;                       // is wrong there, in words
    ChainHead head;                         // the last good row: worth noting when all are
};

// Takes the rows one after the other, in the order in which they are kept. Memory: one row.
class ChainVerifier {
public:
    explicit ChainVerifier(std::string org, std::optional<ChainHead> noted = {});
    // False from the first bad one on.
    bool add(const ChainRow& row);
    // For what cannot even be read as the row that is due.
    void reject(std::string what);
    bool good() const { return !verdict_.first_bad; }
    std::int64_t due() const { return verdict_.head.seq + 1; }  // the seq that must come next
    // At the end; `kept` is the head as the store or the export itself states it.
    Verdict finish(const ChainHead& kept);

private:
    void reject_at(std::int64_t place, std::string what);

    std::string org_;
    std::optional<ChainHead> noted_;
    Verdict verdict_;
};

// One JSON object a line, without its line end: first {"chain", "org", "head"}, then every row up to that head, each
// field as the text that is hashed. `sink` may stop it with an error. Answers the head.
Result<ChainHead> export_chain(pg::Database& store, const access::OrgId& org,
                               const std::function<Result<void>(std::string_view line)>& sink);
// Of an export; needs no store. Errors: kInvalid when it is no export at all; a damaged one is a verdict.
Result<Verdict> verify_export(std::istream& in, const std::optional<ChainHead>& noted = {});
// Of the store, while others go on writing: up to the head as it is now. Errors are those of the database.
Result<Verdict> verify_store(pg::Database& store, const access::OrgId& org, const std::optional<ChainHead>& noted = {});

}  // namespace syncline::ledger
