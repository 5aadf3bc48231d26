// The verifier against random chains and every kind of single damage: found, and at its place.
#include "ledger/chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "base/random.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace syncline::ledger {
namespace {

const std::string kChainOrg = access::default_org().text();

struct Chain {
    std::vector<ChainRow> rows;
    ChainHead head;
};

// Texts that would run into each other if lengths did not keep them apart.
std::string some_text(Random& random) {
    static const std::vector<std::string> pieces = {"a",  "1:", ",",  "-,",  "é",  "\"",
                                                    "\\", "\n", "日", "0:,", "{}", " "};
    std::string text;
    for (std::uint64_t n = random.below(6); n > 0; --n) text += pieces[random.below(pieces.size())];
    return text;
}

ChainRow some_row(Random& random) {
    ChainRow row;
    row.conflict = random.chance(0.3);
    for (int i = 0; i < (row.conflict ? 10 : 9); ++i) {
        row.fields.push_back(random.chance(0.1) ? std::optional<std::string>() : some_text(random));
    }
    return row;
}

void link(ChainRow& row, const ChainHead& before) {
    row.seq = before.seq + 1;
    row.prev_hash = before.hash;
    row.hash = chain_hash(kChainOrg, row, row.prev_hash);
}

Chain some_chain(Random& random, std::size_t length) {
    Chain chain;
    for (std::size_t i = 0; i < length; ++i) {
        ChainRow row = some_row(random);
        link(row, chain.head);
        chain.head = {row.seq, row.hash};
        chain.rows.push_back(std::move(row));
    }
    return chain;
}

Verdict verify(const std::vector<ChainRow>& rows, const ChainHead& kept, std::optional<ChainHead> noted = {}) {
    ChainVerifier verifier(kChainOrg, std::move(noted));
    for (const ChainRow& row : rows) verifier.add(row);
    return verifier.finish(kept);
}

// The export's own lines; written here a second time, so that a change of the format is noticed.
std::string exported(const Chain& chain) {
    static const std::vector<std::string> entry = {"entry", "run",    "at",      "profile", "link",
                                                   "side",  "action", "changes", "detail"};
    static const std::vector<std::string> conflict = {"conflict", "run",    "at",      "profile", "link",
                                                      "field",    "winner", "winning", "losing",  "reason"};
    std::string text = json::canonical(
        json::Object{{"chain", "syncline.ledger.1"}, {"org", kChainOrg}, {"head", to_text(chain.head)}});
    for (const ChainRow& row : chain.rows) {
        json::Object line{{"kind", row.conflict ? "conflict" : "entry"},
                          {"seq", row.seq},
                          {"prev_hash", row.prev_hash},
                          {"hash", row.hash}};
        const auto& names = row.conflict ? conflict : entry;
        for (std::size_t i = 0; i < names.size(); ++i) {
            line[names[i]] = row.fields[i] ? json::Value(*row.fields[i]) : json::Value(nullptr);
        }
        text += "\n" + json::canonical(line);
    }
    return text + "\n";
}

TEST(Chain, TheHashIsTheOneThatTheSchemaDescribes) {
    ChainRow row;
    row.seq = 1;
    row.fields = {"7", "r", "t", "delivery", "task/odoo/1", std::nullopt, "updated", "[]", "é"};
    // By other means: (head -c 32 /dev/zero; printf '17:syncline.ledger.1,5:entry,1:o,1:1,1:7,1:r,1:t,8:delivery,'
    // '11:task/odoo/1,-,7:updated,2:[],2:é,') | sha256sum
    EXPECT_EQ(chain_hash("o", row, kChainStart), "ba9722456ed4896ac1b38b93c28cf54d5620d98ae9d0ff065450aeb218859735");
}

TEST(Chain, AWholeOneIsGoodWhateverHeadWasNotedOnTheWay) {
    SeededRandom random(1);
    for (std::size_t length = 0; length < 30; ++length) {
        const Chain chain = some_chain(random, length);
        const Verdict verdict = verify(chain.rows, chain.head);
        EXPECT_FALSE(verdict.first_bad) << verdict.what;
        EXPECT_EQ(verdict.entries, static_cast<std::int64_t>(length));
        EXPECT_EQ(verdict.head, chain.head);
        for (const ChainRow& row : chain.rows) {
            EXPECT_FALSE(verify(chain.rows, chain.head, ChainHead{row.seq, row.hash}).first_bad);
        }
    }
}

// One damage done to a good chain, and the place where it must be found.
struct Damage {
    std::string name;
    std::int64_t place = 0;
};

void change_field(Random& random, ChainRow& row) {
    std::optional<std::string>& field = row.fields[random.below(row.fields.size())];
    if (!field || random.chance(0.2)) {
        field = field ? std::optional<std::string>() : std::string();  // null and empty are two things
    } else if (field->empty()) {
        *field = "x";
    } else {
        (*field)[random.below(field->size())] ^= 1;
    }
}

// Moves the border between two neighbours: the bytes stay the same, the fields do not.
bool shift_border(ChainRow& row) {
    for (std::size_t i = 0; i + 1 < row.fields.size(); ++i) {
        if (!row.fields[i] || !row.fields[i + 1] || row.fields[i]->empty()) continue;
        *row.fields[i + 1] = row.fields[i]->back() + *row.fields[i + 1];
        row.fields[i]->pop_back();
        return true;
    }
    return false;
}

Damage damage(Random& random, Chain& chain, std::uint64_t kind) {
    std::vector<ChainRow>& rows = chain.rows;
    const std::size_t at = random.below(rows.size());
    const auto place = static_cast<std::int64_t>(at) + 1;
    switch (kind) {
        case 0: return change_field(random, rows[at]), Damage{"a field changed", place};
        case 1:
            if (!shift_border(rows[at])) change_field(random, rows[at]);
            return {"a border moved", place};
        case 2: rows[at].conflict = !rows[at].conflict; return {"the kind changed", place};
        case 3: rows[at].hash[random.below(64)] ^= 1; return {"a hash changed", place};
        case 4: rows[at].prev_hash[random.below(64)] ^= 1; return {"a previous hash changed", place};
        case 5: rows[at].seq += random.chance(0.5) ? 1 : -1; return {"a number changed", place};
        case 6: rows.erase(rows.begin() + place - 1); return {"a row removed", place};
        case 7: {
            const ChainRow copy = rows[random.below(rows.size())];
            const std::size_t to = random.below(rows.size() + 1);
            rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(to), copy);
            // A copy beside its original: the second of the two is the one too many.
            const bool beside = static_cast<std::int64_t>(to) + 1 == copy.seq;
            return {"a row doubled", static_cast<std::int64_t>(to) + (beside ? 2 : 1)};
        }
        case 8: {
            ChainRow forged = some_row(random);
            link(forged, at == 0 ? ChainHead{} : ChainHead{rows[at - 1].seq, rows[at - 1].hash});
            rows.insert(rows.begin() + place - 1, forged);
            return {"a row put in, well linked to the one before", place + 1};
        }
        case 9: {
            const std::size_t other = random.below(rows.size() - 1);
            const std::size_t second = other >= at ? other + 1 : other;
            std::swap(rows[at], rows[second]);
            return {"two rows swapped", static_cast<std::int64_t>(std::min(at, second)) + 1};
        }
        case 10:
            change_field(random, rows[at]);
            rows[at].hash = chain_hash(kChainOrg, rows[at], rows[at].prev_hash);
            // Whoever mends the hash too is found at the next row; of the last row by the head.
            return {"a row replaced", at + 1 == rows.size() ? place : place + 1};
        default: rows.resize(at); return {"the end cut off", place};
    }
}

TEST(Chain, AnySingleDamageIsFoundAtItsPlace) {
    SeededRandom random(20261121);
    for (int round = 0; round < 6000; ++round) {
        Chain chain = some_chain(random, 2 + random.below(30));
        const Damage done = damage(random, chain, static_cast<std::uint64_t>(round) % 12);
        const Verdict verdict = verify(chain.rows, chain.head);
        ASSERT_TRUE(verdict.first_bad) << round << ": " << done.name << " at " << done.place;
        ASSERT_EQ(*verdict.first_bad, done.place) << round << ": " << done.name << "; " << verdict.what;
        ASSERT_LT(verdict.entries, *verdict.first_bad + 1) << done.name;
        ASSERT_FALSE(verdict.what.empty());
    }
}

TEST(Chain, AChainCutOffOrComputedAnewShowsAgainstANotedHead) {
    SeededRandom random(7);
    for (int round = 0; round < 500; ++round) {
        Chain chain = some_chain(random, 2 + random.below(20));
        const ChainHead noted = chain.head;
        const auto from = static_cast<std::ptrdiff_t>(random.below(chain.rows.size()));
        const bool cut = random.chance(0.5);
        Chain forged;
        forged.rows.assign(chain.rows.begin(), chain.rows.begin() + from);
        if (!forged.rows.empty()) forged.head = {forged.rows.back().seq, forged.rows.back().hash};
        for (std::size_t i = static_cast<std::size_t>(from); !cut && i < chain.rows.size() + 3; ++i) {
            ChainRow row = some_row(random);
            link(row, forged.head);
            forged.head = {row.seq, row.hash};
            forged.rows.push_back(row);
        }
        EXPECT_FALSE(verify(forged.rows, forged.head).first_bad) << "in itself it is whole";
        const Verdict verdict = verify(forged.rows, forged.head, noted);
        ASSERT_TRUE(verdict.first_bad);
        EXPECT_EQ(*verdict.first_bad, cut ? from + 1 : noted.seq) << verdict.what;
    }
}

TEST(ChainExport, ReadsWhatItWritesAndTheHeadIsInIt) {
    SeededRandom random(3);
    const Chain chain = some_chain(random, 40);
    std::istringstream in(exported(chain));
    const Result<Verdict> verdict = verify_export(in, chain.head);
    ASSERT_TRUE(verdict.ok()) << verdict.error().message;
    EXPECT_FALSE(verdict->first_bad) << verdict->what;
    EXPECT_EQ(verdict->entries, 40);
    EXPECT_EQ(verdict->head, chain.head);
}

TEST(ChainExport, AnyByteFlippedInARowIsFoundInThatRow) {
    SeededRandom random(4);
    const Chain chain = some_chain(random, 12);
    const std::string text = exported(chain);
    const std::size_t preface = text.find('\n') + 1;
    for (std::size_t at = preface; at + 1 < text.size(); ++at) {
        std::string damaged = text;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << random.below(8)));
        std::istringstream in(damaged);
        const Result<Verdict> verdict = verify_export(in);
        ASSERT_TRUE(verdict.ok()) << verdict.error().message;
        ASSERT_TRUE(verdict->first_bad) << "byte " << at;
        const auto row = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        ASSERT_EQ(*verdict->first_bad, row) << "byte " << at << ": " << verdict->what;
    }
}

TEST(ChainExport, ADamagedFirstLineIsRefusedOrFound) {
    SeededRandom random(5);
    const std::string text = exported(some_chain(random, 3));
    for (std::size_t at = 0; at < text.find('\n'); ++at) {
        std::string damaged = text;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << random.below(7)));
        std::istringstream in(damaged);
        const Result<Verdict> verdict = verify_export(in);
        EXPECT_TRUE(!verdict.ok() || verdict->first_bad) << "byte " << at << ": " << damaged;
    }
    std::istringstream nothing("");
    EXPECT_EQ(verify_export(nothing).error().code, Errc::kInvalid);
}

TEST(ChainExport, AFileThatBreaksOffIsNotGood) {
    SeededRandom random(6);
    const Chain chain = some_chain(random, 10);
    const std::string text = exported(chain);
    const std::size_t preface = text.find('\n') + 1;
    for (std::size_t size = preface; size + 1 < text.size(); ++size) {
        std::istringstream in(text.substr(0, size));
        const Result<Verdict> verdict = verify_export(in);
        ASSERT_TRUE(verdict.ok());
        ASSERT_TRUE(verdict->first_bad) << size;
    }
}

TEST(ChainHead, IsWrittenAsItIsRead) {
    const ChainHead head{42, std::string(64, 'a')};
    EXPECT_EQ(*parse_chain_head(to_text(head)), head);
    for (const char* wrong : {"", "42", "42:", ":aa", "-1:", "42:AA", "x:y"}) {
        EXPECT_EQ(parse_chain_head(wrong).error().code, Errc::kInvalid) << wrong;
    }
    EXPECT_FALSE(parse_chain_head("42:" + std::string(63, 'a')).ok());
    EXPECT_FALSE(parse_chain_head("42:" + std::string(64, 'A')).ok());
}

}  // namespace
}  // namespace syncline::ledger
