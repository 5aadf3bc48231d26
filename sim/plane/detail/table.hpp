// The records of one kind, found by id, by the group that lists them (a project, an item) and by external pair.
// Deleted records stay: only the finders pass them over. Copyable.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sim/plane/detail/row.hpp"

namespace syncline::sim::plane {

// Lets maps of texts be asked with views.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

class Table {
public:
    // `side_field`: a second column to be found by; it may change (see reindex).
    explicit Table(std::string_view group_field, std::string_view side_field = {})
        : group_field_(group_field), side_field_(side_field) {}

    Row& add(json::Object values);
    Row* find(std::string_view id);
    const Row* find(std::string_view id) const;
    Row* find_any(std::string_view id);

    std::vector<Row*> of(std::string_view group);
    std::vector<const Row*> of(std::string_view group) const;
    std::vector<Row*> all();
    std::vector<const Row*> all() const;

    // Living records with this value in the side column.
    std::vector<Row*> beside(std::string_view value);

    // Living records of the project with this pair, oldest first.
    std::vector<const Row*> with_pair(std::string_view project, std::string_view source, std::string_view id) const;

    // After a write to the side column or to the external pair.
    void reindex(const Row& row);

private:
    static std::string pair_key(std::string_view project, std::string_view source, std::string_view id);

    std::string group_field_;
    std::string side_field_;
    std::deque<Row> rows_;
    TextMap<std::size_t> by_id_;
    TextMap<std::vector<std::size_t>> by_group_;
    TextMap<std::vector<std::size_t>> by_pair_;
    TextMap<std::vector<std::size_t>> by_side_;
};

}  // namespace syncline::sim::plane
