#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/odoo/detail/env.hpp"
#include "sim/odoo/detail/query.hpp"

namespace syncline::sim::odoo_detail {
namespace {

// The fields of mail.message and mail.activity name their record by model and id.
bool matches_owner(const Env& env, const Model& owner, const Model& other, const Record& row) {
    const Field* model_field = other.find(other.name == "mail.activity" ? "res_model" : "model");
    return model_field != nullptr && text(env.get(other, row, *model_field)) == owner.name;
}

Ids polymorphic_ids(const Env& env, const Model& owner, const Model& other, const Field& inverse, std::int64_t id) {
    Ids found;
    for (const std::int64_t row : env.store.referring(other, inverse, id)) {
        if (matches_owner(env, owner, other, *env.store.find(other, row))) found.push_back(row);
    }
    return found;
}

}  // namespace

Context read_context(const json::Value* value) {
    Context context;
    if (value == nullptr || !value->is_object()) return context;
    context.raw = value->get_object();
    context.active_test = json::bool_or(*value, "active_test", true);
    context.bin_size = json::bool_or(*value, "bin_size", false);
    context.quiet = json::bool_or(*value, "tracking_disable", false);
    return context;
}

std::string Env::today() const { return format_day(std::chrono::floor<std::chrono::days>(now)); }

std::int64_t Env::company() const {
    if (const json::Value* allowed = context.raw.if_contains("allowed_company_ids");
        allowed != nullptr && allowed->is_array() && !allowed->get_array().empty() &&
        allowed->get_array().front().is_int64()) {
        return allowed->get_array().front().get_int64();
    }
    const Model& users = model("res.users");
    const Found user = store.find(users, uid);
    return user == nullptr ? 1 : std::max<std::int64_t>(1, integer(user->get(users.find("company_id")->slot)));
}

Ids Env::referring(std::string_view model, std::string_view field, std::int64_t id) const {
    const Model* holder = registry.find(model);
    if (holder == nullptr) return {};
    const IdSet& rows = store.referring(*holder, *holder->find(field), id);
    return {rows.begin(), rows.end()};
}

Ids Env::raw_ids(const Model& owner, const Record& record, const Field& field) const {
    if (field.type == Type::kMany2many) {
        const auto& linked = store.linked(field, record.id);
        return {linked.begin(), linked.end()};
    }
    const Model* other = registry.find(field.relation);
    if (other == nullptr) return {};
    const Field* inverse = other->find(field.inverse);
    if (inverse == nullptr) return {};
    if (inverse->type == Type::kReference) return polymorphic_ids(*this, owner, *other, *inverse, record.id);
    const auto& rows = store.referring(*other, *inverse, record.id);
    return {rows.begin(), rows.end()};
}

Cell Env::get(const Model& owner, const Record& record, const Field& field) const {
    if (field.compute != nullptr) return field.compute(*this, record);
    if (field.name == "id") return record.id;
    if (field.name == "display_name") return display_name(owner, record.id);
    if (!field.related.empty()) {
        const std::size_t dot = field.related.find('.');
        const Field* first = owner.find(field.related.substr(0, dot));
        const Model* next = first == nullptr ? nullptr : registry.find(first->relation);
        if (dot == std::string::npos && first != nullptr) return get(owner, record, *first);
        if (dot == std::string::npos || next == nullptr) return record.get(field.slot);
        const Cell step = get(owner, record, *first);
        std::int64_t target = integer(step);
        if (first->x2many()) target = ids(step).empty() ? 0 : ids(step).front();
        return get(*next, target, std::string_view(field.related).substr(dot + 1));
    }
    if (field.company_dependent && field.stored) return record.get(company_slot(owner, field, company()));
    if (!field.x2many()) return record.get(field.slot);
    Ids found = raw_ids(owner, record, field);
    const Model* other = registry.find(field.relation);
    if (other == nullptr || found.empty()) return found;
    // The contacts of a partner carry a domain of their own, so that archived ones stay hidden whatever the context
    // says.
    const bool always_hidden = owner.name == "res.partner" && field.name == "child_ids";
    if (other->has_active && (context.active_test || always_hidden)) {
        const Field& active = *other->find("active");
        std::erase_if(found, [&](std::int64_t id) {
            const Found row = store.find(*other, id);
            return row != nullptr && !truth(get(*other, *row, active));
        });
    }
    if (found.size() > 1) sort_ids(*this, *other, found, other->order);
    return found;
}

Cell Env::get(const Model& owner, std::int64_t id, std::string_view path) const {
    const Found record = store.find(owner, id);
    if (record == nullptr) return {};
    const std::size_t dot = path.find('.');
    const Field* field = owner.find(path.substr(0, dot));
    if (field == nullptr) return {};
    Cell value = get(owner, *record, *field);
    if (dot == std::string_view::npos) return value;
    const Model* next = registry.find(field->relation);
    return next == nullptr ? Cell{} : get(*next, integer(value), path.substr(dot + 1));
}

std::string Env::display_name(const Model& owner, std::int64_t id) const {
    const Found record = store.find(owner, id);
    if (record == nullptr) return fmt::format("{},{}", owner.name, id);
    const Field* shown = owner.find("display_name");
    if (shown != nullptr && shown->compute != nullptr) return text(shown->compute(*this, *record));
    const Field* field = owner.find(owner.name == "res.partner" ? "complete_name" : owner.rec_name);
    if (field == nullptr || field->name == "id") return fmt::format("{},{}", owner.name, id);
    const Cell name = get(owner, *record, *field);
    if (field->type == Type::kMany2one && !empty(name))
        return display_name(*registry.find(field->relation), integer(name));
    return empty(name) && owner.name != "res.partner" ? fmt::format("{},{}", owner.name, id) : text(name);
}

}  // namespace syncline::sim::odoo_detail
