// The rows of one model, by columns. A row keeps its place for good; a deleted one leaves it empty.
#pragma once

#include <limits>
#include <map>
#include <unordered_map>

#include "sim/odoo/detail/cell.hpp"
#include "sim/odoo/detail/column.hpp"
#include "sim/odoo/detail/field.hpp"

namespace syncline::sim::odoo_detail {

// Ids in order, each once.
class IdSet {
public:
    auto begin() const { return ids_.begin(); }
    auto end() const { return ids_.end(); }
    auto rbegin() const { return ids_.rbegin(); }
    auto rend() const { return ids_.rend(); }
    bool empty() const { return ids_.empty(); }
    std::size_t size() const { return ids_.size(); }
    bool contains(std::int64_t id) const;
    void insert(std::int64_t id);
    void erase(std::int64_t id);
    const Ids& list() const { return ids_; }
    bool operator==(const IdSet&) const = default;

private:
    Ids ids_;
};

class Table {
public:
    // Nothing, as a word: no id, instant or number is ever this.
    static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min() + 1;
    using Kind = Kept;

    explicit Table(const Model& model) : model_(&model) {}

    std::size_t places() const { return ids_.size(); }  // deleted rows have one too
    std::int64_t id_at(std::size_t place) const { return ids_[place]; }
    bool gone(std::size_t place) const { return gone_count_ != 0 && gone_[place]; }
    std::size_t first_at_or_after(std::int64_t id) const;
    // places() when there is no such row.
    std::size_t place_of(std::int64_t id) const;

    Kind kind(Slot slot) const { return model_->kept[slot % model_->stride]; }
    std::int64_t word(std::size_t place, Slot slot) const;  // flags, ids, numbers, instants; bits of a real
    const Text& text(std::size_t place, Slot slot) const;
    Cell get(std::size_t place, Slot slot) const;
    void set(std::size_t place, Slot slot, const Cell& value);

    std::size_t add(std::int64_t id);  // greater than all before
    void bury(std::size_t place);
    void revive(std::size_t place);

    // For many new rows at once; see Filler.
    void set_word(std::size_t place, Slot slot, std::int64_t value);
    void set_text(std::size_t place, Slot slot, Text value);
    void fill_word(std::size_t from, std::size_t to, Slot slot, std::int64_t value);
    void fill_text(std::size_t from, std::size_t to, Slot slot, const Text& value);
    void forget_indexes() { indexes_.clear(); }

    // Rows by the value of a column; made when first asked for.
    const IdSet& referring(Slot slot, std::int64_t key) const;

    std::int64_t next_id = 1;

private:
    struct Columns {
        Column<std::int64_t> words;
        Column<Text> texts;
    };
    using Index = std::unordered_map<std::int64_t, IdSet>;
    Columns& columns(Slot slot);
    std::int64_t key_at(std::size_t place, Slot slot) const;
    void index_row(std::size_t place, bool present);

    const Model* model_;
    std::vector<std::int64_t> ids_;
    std::vector<bool> gone_;
    std::size_t gone_count_ = 0;
    std::vector<Columns> columns_;  // by slot
    mutable std::map<Slot, Index> indexes_;
};

// How an indexed text field is asked for; different texts may share a key.
std::int64_t index_key(std::string_view text);

}  // namespace syncline::sim::odoo_detail
