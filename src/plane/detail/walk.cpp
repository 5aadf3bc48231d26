#include "plane/detail/walk.hpp"

#include <algorithm>

#include "plane/client.hpp"

namespace syncline::plane::detail {
namespace {

Error not_a_list(std::string_view why) {
    return make_error(Errc::kUpstream, "Plane's list cannot be read: " + std::string(why));
}

struct Window {
    std::int64_t number = 0;
    int size = 1;
    std::int64_t start() const { return number * size; }
    std::int64_t end() const { return start() + size; }
};

// The page that starts at or before `from` and reaches furthest. A start is a multiple of the size, so that a start
// between two pages of the full size needs a smaller page.
Window window_at(std::int64_t from, int size_max) {
    Window best{from / size_max, size_max};
    for (int size = size_max - 1; size > size_max / 2 && best.end() < from + size; --size) {
        const Window other{from / size, size};
        if (other.end() > best.end()) best = other;
    }
    return best;
}

// By how much the next page should overlap what is sure, after the total fell by `fall`.
std::int64_t overlap_after(std::int64_t fall, int page_size) {
    return fall == 0 ? 0 : std::max<std::int64_t>({1, page_size / 4, 2 * fall});
}

// What came in at the front during the walk: pages from the front until one that is known already.
Result<void> refresh_front(const ReadPage& read, int page_size, Walked& walked) {
    for (std::int64_t number = 0; number < kPagesMax; ++number) {
        Page page = TRY(read(number, page_size));
        walked.fallen += std::max<std::int64_t>(0, walked.total - page.total);
        walked.total = page.total;
        const std::int64_t before = walked.rows.size();
        for (json::Object& row : page.rows) TRY(walked.rows.put(std::move(row)));
        if (!page.more || walked.rows.size() == before) break;
    }
    return ok();
}

bool accounted(const Walked& walked) {
    return walked.rows.size() >= walked.total && walked.rows.size() <= walked.total + walked.fallen;
}

}  // namespace

Result<Page> parse_page(json::Value body) {
    Page page;
    json::Array* rows = body.is_array() ? &body.get_array() : nullptr;
    if (json::Object* envelope = body.if_object()) {
        if (json::Value* results = envelope->if_contains("results")) rows = results->if_array();
        page.more = json::bool_or(body, "next_page_results");
        page.total = json::integer_or(body, "total_count");
    }
    if (rows == nullptr) return not_a_list("there are no results in it");
    if (body.is_array()) page.total = static_cast<std::int64_t>(rows->size());
    page.rows.reserve(rows->size());
    for (json::Value& row : *rows) {
        if (!row.is_object()) return not_a_list("a row is not an object");
        page.rows.push_back(std::move(row.get_object()));
    }
    return page;
}

Result<void> Rows::put(json::Object row) {
    const json::Value* id = row.if_contains("id");
    if (id == nullptr || !id->is_string()) return not_a_list("a row has no id");
    const auto [found, is_new] = index_.try_emplace(std::string(id->get_string()), rows_.size());
    if (is_new) {
        rows_.push_back(std::move(row));
    } else {
        rows_[found->second] = std::move(row);
    }
    return ok();
}

Result<Walked> walk(const ReadPage& read, int page_size, const Stop& stop) {
    Walked walked;
    std::int64_t sure = 0;     // leading rows of the list, as it is now, that were read
    std::int64_t overlap = 0;  // how far before `sure` the next page starts
    for (int reads = 0; reads < kPagesMax; ++reads) {
        const Window window = window_at(std::max<std::int64_t>(0, sure - overlap), page_size);
        Page page = TRY(read(window.number, window.size));
        const std::int64_t fall = reads == 0 ? 0 : std::max<std::int64_t>(0, walked.total - page.total);
        walked.fallen += fall;
        walked.total = page.total;
        sure = std::max<std::int64_t>(0, sure - fall);
        overlap = overlap_after(fall, page_size);
        const bool end = !page.more || (stop && std::any_of(page.rows.begin(), page.rows.end(), stop));
        for (json::Object& row : page.rows) TRY(walked.rows.put(std::move(row)));
        if (window.start() > sure) continue;  // rows may have slipped in front of this page
        if (end) return walked;
        sure = std::max(sure, window.end());
    }
    return not_a_list("it did not end after " + std::to_string(kPagesMax) + " pages");
}

Result<std::vector<json::Object>> walk_all(const ReadPage& read, int page_size) {
    Rows all;
    for (int pass = 1; pass <= kPassesMax; ++pass) {
        Walked walked = TRY(walk(read, page_size));
        if (walked.rows.size() < walked.total) TRY(refresh_front(read, page_size, walked));
        if (accounted(walked)) return std::move(walked.rows).take();
        for (json::Object& row : std::move(walked.rows).take()) TRY(all.put(std::move(row)));
    }
    return std::move(all).take();
}

}  // namespace syncline::plane::detail
