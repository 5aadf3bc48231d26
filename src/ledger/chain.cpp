#include "ledger/chain.hpp"

#include <charconv>

#include "vault/digest.hpp"

namespace syncline::ledger {

namespace {

constexpr std::size_t kHashDigits = 64;

bool is_hash(std::string_view text) {
    return text.size() == kHashDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned byte = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

void append_netstring(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
    out += ',';
}

std::string row_name(std::int64_t seq) { return "row " + std::to_string(seq); }

}  // namespace

std::string to_text(const ChainHead& head) { return std::to_string(head.seq) + ":" + head.hash; }

Result<ChainHead> parse_chain_head(std::string_view text) {
    ChainHead head;
    const char* end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, head.seq);
    const bool number = failure == std::errc() && head.seq >= 0 && rest != end && *rest == ':';
    if (number) head.hash = std::string(rest + 1, end);
    if (!number || !is_hash(head.hash)) {
        return make_error(Errc::kInvalid, "a head of the ledger is written SEQ:HASH, with 64 hexadecimal digits",
                          "take it from what an earlier verification printed");
    }
    return head;
}

std::string chain_hash(std::string_view org, const ChainRow& row, std::string_view prev_hash) {
    std::string text = bytes_of(prev_hash);
    append_netstring(text, kChainFormat);
    append_netstring(text, row.conflict ? "conflict" : "entry");
    append_netstring(text, org);
    append_netstring(text, std::to_string(row.seq));
    for (const std::optional<std::string>& field : row.fields) {
        if (field) {
            append_netstring(text, *field);
        } else {
            text += "-,";
        }
    }
    return vault::sha256_hex(text);
}

ChainVerifier::ChainVerifier(std::string org, std::optional<ChainHead> noted)
    : org_(std::move(org)), noted_(std::move(noted)) {
    if (noted_ && noted_->seq == 0 && noted_->hash != kChainStart)
        reject("the noted head of an empty ledger has a hash");
}

void ChainVerifier::reject(std::string what) { reject_at(due(), std::move(what)); }

void ChainVerifier::reject_at(std::int64_t place, std::string what) {
    if (!good()) return;
    verdict_.first_bad = place;
    verdict_.what = std::move(what);
}

bool ChainVerifier::add(const ChainRow& row) {
    if (!good()) return false;
    const ChainHead& before = verdict_.head;
    if (row.seq != due()) {
        reject(row_name(row.seq) + " is where " + row_name(due()) +
               " should be: rows were removed, put in or moved here");
    } else if (row.prev_hash != before.hash) {
        reject(row_name(row.seq) + " does not follow " + row_name(before.seq) + ": one of the two was replaced");
    } else if (row.hash != chain_hash(org_, row, before.hash)) {
        reject(row_name(row.seq) + " was changed: its contents do not give its hash");
    } else if (noted_ && noted_->seq == row.seq && noted_->hash != row.hash) {
        reject(row_name(row.seq) + " is not the one whose hash was noted: the chain was computed anew");
    } else {
        verdict_.head = {row.seq, row.hash};
        ++verdict_.entries;
    }
    return good();
}

Verdict ChainVerifier::finish(const ChainHead& kept) {
    const ChainHead& last = verdict_.head;
    const std::string end = "the chain ends with " + row_name(last.seq);
    if (kept.seq > last.seq) reject(end + ", it should with " + row_name(kept.seq));
    if (kept.seq < last.seq) reject_at(kept.seq + 1, end + ", it should with " + row_name(kept.seq));
    if (noted_ && noted_->seq > last.seq) {
        reject(end + ", but " + row_name(noted_->seq) + " was noted: the end is cut off");
    }
    if (kept.hash != last.hash) {
        reject_at(kept.seq, row_name(last.seq) + " is not the one that the head names: one of the two was replaced");
    }
    return verdict_;
}

}  // namespace syncline::ledger
