// Reading a list page by page while it changes.
//
// Plane's cursor is a page number over plain OFFSET/LIMIT: when a row leaves the list, the rows behind it move forward
// and the first row of the next page is never shown. The walk finds that out from the total that comes with each page.
//
// Why nothing is missed, for a list where new and changed rows come in at the FRONT (newest first by creation, or by
// change): let `sure` be the number of leading rows that were read. Between two pages, a row that leaves in front of
// `sure` moves the rest forward by one; a row that comes in, or that is changed and moves to the front, moves it back.
// So the rest moves forward by at most (rows that left) - (rows that came), which is at most the fall of the total.
// When the total falls by d, `sure` is lowered by d; where the page just read starts behind that, there may be a gap in
// front of it, and the next page starts before the gap. Rows that are seen twice are kept once. While the list keeps
// falling, pages are made to overlap by a quarter, so that the walk goes on and does not fall back at each step.
//
// Not covered: a row that comes in behind `sure` (an old item brought back from the archive, in a list by creation) in
// the same instant, between the same two pages, as another one leaves in front of it. all_items() counts afterwards,
// too.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "json/json.hpp"

namespace syncline::plane::detail {

struct Page {
    std::vector<json::Object> rows;
    std::int64_t total = 0;
    bool more = false;
};
using ReadPage = std::function<Result<Page>(std::int64_t number, int size)>;  // rows from number * size on
using Stop = std::function<bool(const json::Object& row)>;

// A page as Plane sends it: its envelope, or a bare array (which is the whole list).
Result<Page> parse_page(json::Value body);

// Rows by id, each once, in the order in which they were first seen; the latest reading of a row counts.
class Rows {
public:
    Result<void> put(json::Object row);  // kUpstream for a row without an id
    bool has(std::string_view id) const { return index_.contains(std::string(id)); }
    std::int64_t size() const { return static_cast<std::int64_t>(rows_.size()); }
    std::vector<json::Object> take() && { return std::move(rows_); }

private:
    std::vector<json::Object> rows_;
    std::unordered_map<std::string, std::size_t> index_;
};

struct Walked {
    Rows rows;
    std::int64_t total = 0;   // stated by the last page
    std::int64_t fallen = 0;  // by how much the total fell on the way, added up
};

// Reads from the front until the list ends or a page holds a row for which `stop` is true (then the rest is older
// still).
Result<Walked> walk(const ReadPage& read, int page_size, const Stop& stop = {});

// A whole list that is in the order of creation, newest first, checked against the total that Plane states; walked
// again (kPassesMax in all) while they differ, and then all passes together. May hold a row that left while it was
// read.
inline constexpr int kPassesMax = 3;
Result<std::vector<json::Object>> walk_all(const ReadPage& read, int page_size);

}  // namespace syncline::plane::detail
