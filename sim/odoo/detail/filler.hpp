// Many new rows of one model at once, column by column: beside transactions, checks and hooks. What is not said has
// Odoo's default.
#pragma once

#include <bit>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

class Filler {
public:
    // Takes `count` ids in a row. The rows are as if written one after the other until now, `apart` after each other.
    Filler(Env& env, std::string_view model, std::int64_t count, Micros apart = std::chrono::milliseconds(40));

    std::int64_t first() const { return first_; }
    std::int64_t id(std::int64_t i) const { return first_ + i; }
    std::int64_t count() const { return count_; }

    void same(std::string_view field, const Cell& value);
    void link(std::string_view many2many, const Ids& others);
    // value(i) for row i of `count`: ids, numbers and instants; nothing is Table::kNone.
    template <class Value>
    void words(std::string_view field, const Value& value) {
        const Slot slot = slot_of(field);
        for (std::int64_t i = 0; i < count_; ++i) table_.set_word(place_ + std::size_t(i), slot, value(i));
    }
    template <class Value>
    void reals(std::string_view field, const Value& value) {
        words(field, [&](std::int64_t i) { return std::bit_cast<std::int64_t>(static_cast<double>(value(i))); });
    }
    template <class Value>  // Text; a default one is nothing
    void texts(std::string_view field, const Value& value) {
        const Slot slot = slot_of(field);
        for (std::int64_t i = 0; i < count_; ++i) table_.set_text(place_ + std::size_t(i), slot, value(i));
    }

private:
    Slot slot_of(std::string_view field) const;

    Env& env_;
    const Model& model_;
    Table& table_;
    const std::int64_t count_;
    std::int64_t first_ = 0;
    std::size_t place_ = 0;
};

}  // namespace syncline::sim::odoo_detail
