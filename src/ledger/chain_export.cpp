// The chain as JSON lines, out and in again.
#include <array>
#include <span>

#include "json/json.hpp"
#include "ledger/chain.hpp"
#include "ledger/detail/chain_store.hpp"

namespace syncline::ledger {

namespace {

constexpr std::array<std::string_view, 9> kEntryFields = {"entry", "run",    "at",      "profile", "link",
                                                          "side",  "action", "changes", "detail"};
constexpr std::array<std::string_view, 10> kConflictFields = {"conflict", "run",    "at",      "profile", "link",
                                                              "field",    "winner", "winning", "losing",  "reason"};

std::span<const std::string_view> names_of(bool conflict) {
    return conflict ? std::span<const std::string_view>(kConflictFields)
                    : std::span<const std::string_view>(kEntryFields);
}

std::string line_of(const ChainRow& row) {
    json::Object line{{"kind", row.conflict ? "conflict" : "entry"},
                      {"seq", row.seq},
                      {"prev_hash", row.prev_hash},
                      {"hash", row.hash}};
    const auto names = names_of(row.conflict);
    for (std::size_t i = 0; i < names.size(); ++i) {
        line[names[i]] = row.fields[i] ? json::Value(*row.fields[i]) : json::Value(nullptr);
    }
    return json::canonical(line);
}

// Nothing when a member is missing, of another type, or there is one too many.
std::optional<ChainRow> row_of(std::string_view line) {
    const Result<json::Value> parsed = json::parse(line);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    const json::Object& object = parsed->get_object();
    const std::string_view kind = json::text_or(object, "kind");
    if (kind != "entry" && kind != "conflict") return std::nullopt;
    ChainRow row;
    row.conflict = kind == "conflict";
    row.seq = json::integer_or(object, "seq", -1);
    row.prev_hash = json::text_or(object, "prev_hash");
    row.hash = json::text_or(object, "hash");
    const auto names = names_of(row.conflict);
    if (object.size() != names.size() + 4) return std::nullopt;
    for (const std::string_view name : names) {
        const json::Value* value = object.if_contains(name);
        if (value == nullptr || !(value->is_string() || value->is_null())) return std::nullopt;
        row.fields.push_back(value->is_null() ? std::optional<std::string>() : std::string(value->get_string()));
    }
    return row;
}

enum class Line { kRead, kEnd, kTooLong };

Line read_line(std::istream& in, std::string& line) {
    line.clear();
    std::streambuf* bytes = in.rdbuf();
    for (;;) {
        const int next = bytes->sbumpc();
        if (next == std::char_traits<char>::eof()) return line.empty() ? Line::kEnd : Line::kRead;
        if (next == '\n') return Line::kRead;
        if (line.size() == kExportLineBytesMax) return Line::kTooLong;
        line += static_cast<char>(next);
    }
}

struct Preface {
    std::string org;
    ChainHead head;
};

Result<Preface> preface_of(std::string_view line) {
    const Result<json::Value> parsed = json::parse(line);
    const Error none = make_error(Errc::kInvalid, "this is no export of the ledger: its first line is not \"chain\"",
                                  "give the file that the export made, whole");
    if (!parsed || !parsed->is_object()) return none;
    if (json::text_or(*parsed, "chain") != kChainFormat) return none;
    const json::Value* head = json::find(*parsed, "head");
    Preface preface{std::string(json::text_or(*parsed, "org")), {}};
    if (head == nullptr || !head->is_string() || preface.org.empty()) return none;
    preface.head = TRY(parse_chain_head(std::string_view(head->get_string())));
    return preface;
}

}  // namespace

Result<ChainHead> export_chain(pg::Database& store, const access::OrgId& org,
                               const std::function<Result<void>(std::string_view line)>& sink) {
    const ChainHead head = TRY(chain_ends(store, org)).head;
    TRY(sink(json::canonical(json::Object{{"chain", kChainFormat}, {"org", org.text()}, {"head", to_text(head)}})));
    for (std::int64_t after = 0; after < head.seq; after += kChainPageRows) {
        const std::vector<ChainRow> page = TRY(rows_after(store, org, after, head.seq));
        if (page.empty()) break;  // a hole; the head in the first line tells whoever verifies
        for (const ChainRow& row : page) TRY(sink(line_of(row)));
    }
    return head;
}

Result<Verdict> verify_export(std::istream& in, const std::optional<ChainHead>& noted) {
    std::string line;
    read_line(in, line);
    const Preface preface = TRY(preface_of(line));
    ChainVerifier verifier(preface.org, noted);
    for (std::int64_t number = 2; verifier.good(); ++number) {
        const Line got = read_line(in, line);
        if (got == Line::kEnd) break;
        const std::optional<ChainRow> row = got == Line::kRead ? row_of(line) : std::nullopt;
        if (!row) {
            verifier.reject("line " + std::to_string(number) + " cannot be read as a row of the ledger");
        } else {
            verifier.add(*row);
        }
    }
    return verifier.finish(preface.head);
}

}  // namespace syncline::ledger
