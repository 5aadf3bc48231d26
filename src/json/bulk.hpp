// Many records at once, without a tree: walks a JSON list of objects and gives each one's members in canonical
// spelling. The same bytes as canonical(parse(text)), many times as fast: what is canonical already is handed on as it
// came.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace syncline::json {

// What they show lives until the next record.
struct Member {
    std::string_view key;         // unescaped
    std::string_view value;       // canonical JSON
    std::string_view spelt = {};  // "key":value as the reader has it, a comma after it unless it is the last; or empty
};

// Keeps its buffers from one list to the next. One thread at a time.
class BulkReader {
public:
    BulkReader();
    ~BulkReader();
    BulkReader(BulkReader&&) noexcept;
    BulkReader& operator=(BulkReader&&) noexcept;

    // Members are sorted by key, each key once. May stop the walk with an error, which read() then answers.
    using Each = std::function<Result<void>(std::span<const Member>)>;

    // The list is the text itself, or the member `under` of it. `body` grows by some bytes of padding, no more.
    // kInvalid for text that is not JSON, or no list of objects; records before the bad one were given already.
    Result<void> read(std::string& body, std::string_view under, const Each& each);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// {"key":value,…} of sorted members.
void append_object(std::string& out, std::span<const Member> members);
// Without the braces, for an object put together bit by bit: a comma comes first unless `out` ends with the brace.
void append_members(std::string& out, std::span<const Member> members);

// What a canonical value says; "" for what is no string, 0 for what is no whole number.
std::string text_of(std::string_view canonical_value);
std::int64_t integer_of(std::string_view canonical_value);

}  // namespace syncline::json
