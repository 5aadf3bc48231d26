#include "sim/odoo/detail/filler.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {

Filler::Filler(Env& env, std::string_view model, std::int64_t count, Micros apart)
    : env_(env), model_(env.model(model)), table_(env.store.bulk(model_)), count_(count) {
    first_ = table_.next_id;
    table_.next_id += count;
    place_ = table_.places();
    for (std::int64_t i = 0; i < count; ++i) table_.add(first_ + i);
    table_.forget_indexes();
    for (const Field& field : model_.fields) {
        if (!field.stored || !field.related.empty() || field.compute != nullptr || field.fallback.empty()) continue;
        const json::Value value = *json::parse(field.fallback);
        if (field.type == Type::kMany2many) {
            link(field.name, read_ids(&value));
        } else if (!field.x2many()) {
            same(field.name, to_cell(model_, field, value));
        }
    }
    const std::int64_t now = env.now_micros();
    for (const std::string_view field : {"create_date", "write_date"})
        words(field, [&](std::int64_t i) { return now - (count - i) * apart.count(); });
    for (const std::string_view field : {"create_uid", "write_uid"}) same(field, kAdmin);
}

Slot Filler::slot_of(std::string_view field) const {
    const Field* found = model_.find(field);
    if (found == nullptr || !found->stored || found->x2many()) {
        fmt::print(stderr, "simulated Odoo: {}.{} cannot be filled\n", model_.name, field);
        std::abort();
    }
    return found->slot;
}

void Filler::same(std::string_view field, const Cell& value) {
    const Slot slot = slot_of(field);
    const std::size_t end = place_ + std::size_t(count_);
    if (table_.kind(slot) == Table::Kind::kText) {
        table_.fill_text(place_, end, slot, empty(value) ? Text{} : Text{text(value)});
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        table_.fill_word(place_, end, slot, *flag ? 1 : 0);
    } else if (const auto* real = std::get_if<double>(&value)) {
        table_.fill_word(place_, end, slot, std::bit_cast<std::int64_t>(*real));
    } else {
        table_.fill_word(place_, end, slot, empty(value) ? Table::kNone : integer(value));
    }
}

void Filler::link(std::string_view many2many, const Ids& others) {
    env_.store.bulk_link(*model_.find(many2many), first_, first_ + count_, others);
}

}  // namespace syncline::sim::odoo_detail
