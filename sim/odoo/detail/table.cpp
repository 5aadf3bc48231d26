#include "sim/odoo/detail/table.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace syncline::sim::odoo_detail {
namespace {

const Text kNoText;
const IdSet kNoIds;

// A value of another kind than its field is a mistake in this program.
std::int64_t word_of(const Cell& value, Table::Kind kind) {
    if (empty(value)) return Table::kNone;
    if (kind == Table::Kind::kFlag && std::holds_alternative<bool>(value)) return std::get<bool>(value) ? 1 : 0;
    if (kind == Table::Kind::kReal && std::holds_alternative<double>(value))
        return std::bit_cast<std::int64_t>(std::get<double>(value));
    if (kind == Table::Kind::kWord && std::holds_alternative<std::int64_t>(value)) return std::get<std::int64_t>(value);
    std::abort();
}

}  // namespace

std::int64_t index_key(std::string_view text) {
    return static_cast<std::int64_t>(std::hash<std::string_view>{}(text) | 1);
}

bool IdSet::contains(std::int64_t id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }
void IdSet::insert(std::int64_t id) {
    if (ids_.empty() || ids_.back() < id) {
        ids_.push_back(id);
        return;
    }
    const auto at = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (*at != id) ids_.insert(at, id);
}
void IdSet::erase(std::int64_t id) {
    const auto at = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (at != ids_.end() && *at == id) ids_.erase(at);
}

std::size_t Table::first_at_or_after(std::int64_t id) const {
    return static_cast<std::size_t>(std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin());
}

std::size_t Table::place_of(std::int64_t id) const {
    if (ids_.empty() || id < ids_.front() || id > ids_.back()) return places();
    // Ids only grow, so that a row stands at most as far from the first one as its id does.
    const auto guess = std::min(static_cast<std::size_t>(id - ids_.front()), places() - 1);
    std::size_t place = guess;
    if (ids_[guess] != id) {
        const auto end = ids_.begin() + static_cast<std::ptrdiff_t>(guess) + 1;
        const auto at = std::lower_bound(ids_.begin(), end, id);
        if (at == end || *at != id) return places();
        place = static_cast<std::size_t>(at - ids_.begin());
    }
    return gone(place) ? places() : place;
}

std::int64_t Table::word(std::size_t place, Slot slot) const {
    return slot < columns_.size() ? columns_[slot].words.at(place, kNone) : kNone;
}
const Text& Table::text(std::size_t place, Slot slot) const {
    return slot < columns_.size() ? columns_[slot].texts.at(place, kNoText) : kNoText;
}

Cell Table::get(std::size_t place, Slot slot) const {
    const Kind how = kind(slot);
    if (how == Kind::kText) {
        const Text& value = text(place, slot);
        return value.none() ? Cell{} : Cell{std::string(value.view())};
    }
    const std::int64_t value = word(place, slot);
    if (value == kNone) return {};
    if (how == Kind::kFlag) return value != 0;
    if (how == Kind::kReal) return std::bit_cast<double>(value);
    return value;
}

Table::Columns& Table::columns(Slot slot) {
    if (slot >= columns_.size()) columns_.resize(slot + 1);
    return columns_[slot];
}

std::int64_t Table::key_at(std::size_t place, Slot slot) const {
    if (kind(slot) == Kind::kText) {
        const Text& value = text(place, slot);
        return value.none() ? 0 : index_key(value.view());
    }
    const std::int64_t value = word(place, slot);
    return value == kNone ? 0 : value;
}

void Table::set(std::size_t place, Slot slot, const Cell& value) {
    const auto index = indexes_.find(slot);
    if (index != indexes_.end()) {
        if (const std::int64_t old = key_at(place, slot); old != 0) index->second[old].erase(ids_[place]);
    }
    if (kind(slot) == Kind::kText) {
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr && !odoo_detail::empty(value)) std::abort();
        columns(slot).texts.set(place, text == nullptr ? Text{} : Text{*text}, kNoText);
    } else {
        columns(slot).words.set(place, word_of(value, kind(slot)), kNone);
    }
    if (index != indexes_.end()) {
        if (const std::int64_t key = key_at(place, slot); key != 0) index->second[key].insert(ids_[place]);
    }
}

std::size_t Table::add(std::int64_t id) {
    if (!ids_.empty() && id <= ids_.back()) std::abort();
    ids_.push_back(id);
    gone_.push_back(false);
    return ids_.size() - 1;
}

void Table::index_row(std::size_t place, bool present) {
    for (auto& [slot, index] : indexes_) {
        const std::int64_t key = key_at(place, slot);
        if (key == 0) continue;
        if (present) {
            index[key].insert(ids_[place]);
        } else {
            index[key].erase(ids_[place]);
        }
    }
}

void Table::bury(std::size_t place) {
    index_row(place, false);
    gone_[place] = true;
    ++gone_count_;
}

void Table::revive(std::size_t place) {
    gone_[place] = false;
    --gone_count_;
    index_row(place, true);
}

void Table::set_word(std::size_t place, Slot slot, std::int64_t value) { columns(slot).words.set(place, value, kNone); }
void Table::set_text(std::size_t place, Slot slot, Text value) {
    columns(slot).texts.set(place, std::move(value), kNoText);
}
void Table::fill_word(std::size_t from, std::size_t to, Slot slot, std::int64_t value) {
    columns(slot).words.fill(from, to, value, kNone);
}
void Table::fill_text(std::size_t from, std::size_t to, Slot slot, const Text& value) {
    columns(slot).texts.fill(from, to, value, kNoText);
}

const IdSet& Table::referring(Slot slot, std::int64_t key) const {
    auto index = indexes_.find(slot);
    if (index == indexes_.end()) {
        index = indexes_.emplace(slot, Index{}).first;
        for (std::size_t place = 0; place < places(); ++place) {
            if (gone(place)) continue;
            if (const std::int64_t found = key_at(place, slot); found != 0) index->second[found].insert(ids_[place]);
        }
    }
    const auto it = index->second.find(key);
    return it == index->second.end() ? kNoIds : it->second;
}

}  // namespace syncline::sim::odoo_detail
