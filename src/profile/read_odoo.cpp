#include <algorithm>

#include "base/text.hpp"
#include "profile/detail/cycle_start.hpp"
#include "profile/detail/states.hpp"
#include "profile/detail/values.hpp"
#include "profile/html.hpp"
#include "profile/reasons.hpp"
#include "profile/translate.hpp"

namespace syncline::profile {

namespace {

using record::Peer;
using record::Value;

class OdooReader {
public:
    OdooReader(const Profile& profile, const EntityMap& entity, const OdooFields& known, const json::Object& raw,
               const Lookup& lookup, const record::Fields* base)
        : profile_(profile), entity_(entity), known_(known), raw_(raw), lookup_(lookup), base_(base) {}

    merge::Tree read() {
        tree_.presence = merge::Presence::kPresent;
        const json::Value* active = raw_.if_contains("active");
        if (active && active->is_bool() && !active->get_bool()) tree_.presence = merge::Presence::kArchived;
        if (const Result<Time> written = parse_time(json::text_or(raw_, "write_date"))) tree_.edited_at = *written;
        for (const FieldMap& field : entity_.fields) {
            if (std::optional<Value> value = read_field(field)) tree_.fields[field.name()] = std::move(*value);
        }
        return std::move(tree_);
    }

private:
    // Nothing for a field that this server lacks, was not read, or cannot be put into words.
    std::optional<Value> read_field(const FieldMap& field) {
        switch (field.transform) {
            case Transform::kDescription: return description(field);
            case Transform::kNote: return note(field);
            case Transform::kLabels: return labels(field);
            case Transform::kCycleStart: return cycle_start(field);
            default: break;
        }
        const json::Value* value = shown(field);
        if (!value) return std::nullopt;
        switch (field.transform) {
            case Transform::kHtml: return detail::text_or_null(canonical_html(detail::text_of(*value)));
            case Transform::kDay: return day(field, *value);
            case Transform::kBool: return Value(!detail::is_nothing(*value));
            case Transform::kInteger: return integer(field, *value);
            case Transform::kChoice: return choice(field, *value);
            case Transform::kState: return state(field, *value);
            case Transform::kRef: return ref(field, *value, field.entity, reasons::kWaitsForParent);
            case Transform::kPerson: return ref(field, *value, "user", reasons::kUserUnmapped);
            case Transform::kRefs: return refs(field, *value, field.entity, reasons::kWaitsForParent);
            case Transform::kPeople: return refs(field, *value, "user", reasons::kUserUnmapped);
            default: return detail::text_or_null(detail::text_of(*value));
        }
    }

    // Where Odoo owns the field, the first of its names that holds something; else the first that the server has,
    // because that is the one that is written.
    const json::Value* shown(const FieldMap& field) const {
        const json::Value* first = nullptr;
        for (const std::string& name : field.odoo) {
            const json::Value* value = known_.contains(name) ? raw_.if_contains(name) : nullptr;
            if (!value) continue;
            if (!first) first = value;
            if (field.policy.owner != merge::Owner::kOdoo || !detail::is_nothing(*value)) return value;
        }
        return first;
    }

    std::nullopt_t unreadable(const FieldMap& field, std::string_view reason, std::string_view what) {
        tree_.unreadable[field.name()] = detail::because(reason, what);
        return std::nullopt;
    }

    std::optional<Value> description(const FieldMap& field) {
        if (!odoo_field(field, known_)) return std::nullopt;
        std::string text = detail::fill(field.text, known_, raw_, detail::is_rich(field));
        if (detail::is_rich(field)) text = canonical_html(text);
        return detail::text_or_null(std::move(text));
    }

    // A note that was written stays what it was when its reason goes away again.
    std::optional<Value> note(const FieldMap& field) {
        if (!odoo_field(field, known_)) return std::nullopt;
        std::string text = detail::fill(field.text, known_, raw_, false);
        const Value* base = detail::base_value(base_, field.name());
        if (text.empty() && base) return *base;
        return detail::text_or_null(std::move(text));
    }

    std::optional<Value> labels(const FieldMap& field) {
        const json::Value* tags = shown(field);
        std::vector<std::string> names;
        bool seen = tags != nullptr;
        if (tags) {
            for (const std::string& id : detail::ids_of(*tags)) {
                const std::optional<std::string> name = lookup_.label_name(Peer::kOdoo, id);
                if (!name) return unreadable(field, reasons::kValueUnknown, "tag " + id);
                names.emplace_back(trim(*name));
            }
        }
        for (const FlagLabel& flag : field.flags) {
            const json::Value* value = known_.contains(flag.odoo) ? raw_.if_contains(flag.odoo) : nullptr;
            if (!value) continue;
            seen = true;
            const bool zero = value->is_number() && value->to_number<double>() == 0;
            const bool empty = value->is_array() && value->get_array().empty();
            if (!detail::is_nothing(*value) && !zero && !empty) names.push_back(flag.label);
        }
        if (!seen) return std::nullopt;
        return Value(record::make_set(std::move(names)));
    }

    std::optional<Value> cycle_start(const FieldMap& field) {
        const json::Value* deadline = shown(field);
        if (!deadline) return std::nullopt;
        const Value* base = detail::base_value(base_, field.name());
        return detail::cycle_start(detail::text_of(*deadline), raw_,
                                   base ? record::as_text(*base) : std::string_view());
    }

    std::optional<Value> day(const FieldMap& field, const json::Value& value) {
        const std::string text = detail::text_of(value);
        if (text.empty()) return Value();
        if (const Result<Day> day = parse_day(text)) return Value(format_day(*day));
        const Result<Time> time = parse_time(text);
        const Result<Day> day = time ? day_in_zone(*time, profile_.time_zone) : Result<Day>(time.error());
        if (!day) return unreadable(field, reasons::kValueUnknown, text);
        return Value(format_day(*day));
    }

    std::optional<Value> integer(const FieldMap& field, const json::Value& value) {
        if (value.is_int64()) return Value(std::int64_t{value.get_int64()});
        if (detail::is_nothing(value)) return Value();
        return unreadable(field, reasons::kValueUnknown, json::canonical(value));
    }

    std::optional<Value> choice(const FieldMap& field, const json::Value& value) {
        const std::string text = detail::text_of(value);
        if (text.empty()) return Value();
        const ChoiceRow* row = detail::find_choice(detail::choices_of(profile_, field), &ChoiceRow::odoo, text,
                                                   detail::base_value(base_, field.name()));
        if (!row) return unreadable(field, reasons::kValueUnknown, text);
        return Value(row->value);
    }

    std::optional<Value> state(const FieldMap& field, const json::Value& value) {
        if (detail::is_nothing(value)) return Value();
        const std::string id = detail::id_of(value);
        const std::optional<std::string> key = detail::States(lookup_).read_odoo(id);
        if (key) return Value(*key);
        std::string name = "stage " + id;
        for (const NamedState& stage : lookup_.states(Peer::kOdoo)) {
            if (stage.id == id) name = stage.name;
        }
        return unreadable(field, reasons::kStateUnknown, name);
    }

    // The side that does not own the field may name what is not linked: it is going to be replaced, and the ledger is
    // to say what was there.
    std::optional<std::string> key_of(const FieldMap& field, std::string_view entity, const std::string& id) const {
        const std::optional<record::LinkKey> key = lookup_.link(Peer::kOdoo, entity, id);
        if (key) return key->text();
        if (field.policy.owner != merge::Owner::kPlane) return std::nullopt;
        return record::LinkKey{std::string(entity), Peer::kOdoo, id}.text();
    }

    std::optional<Value> ref(const FieldMap& field, const json::Value& value, std::string_view entity,
                             std::string_view reason) {
        if (detail::is_nothing(value)) return Value();
        const std::string id = detail::id_of(value);
        const std::optional<std::string> key = key_of(field, entity, id);
        if (!key) return unreadable(field, reason, std::string(entity) + " " + id + " of odoo");
        return Value(*key);
    }

    std::optional<Value> refs(const FieldMap& field, const json::Value& value, std::string_view entity,
                              std::string_view reason) {
        std::vector<std::string> keys;
        std::string missing;
        for (const std::string& id : detail::ids_of(value)) {
            const std::optional<std::string> key = key_of(field, entity, id);
            if (key) {
                keys.push_back(*key);
            } else {
                missing += (missing.empty() ? "" : ", ") + std::string(entity) + " " + id;
            }
        }
        // One person without an account does not keep the others off the task.
        if (!missing.empty()) tree_.incomplete[field.name()] = detail::because(reason, missing + " of odoo");
        return Value(record::make_set(std::move(keys)));
    }

    const Profile& profile_;
    const EntityMap& entity_;
    const OdooFields& known_;
    const json::Object& raw_;
    const Lookup& lookup_;
    const record::Fields* base_;
    merge::Tree tree_;
};

}  // namespace

merge::Tree read_odoo(const Profile& profile, const EntityMap& entity, const OdooFields& known, const json::Object& raw,
                      const Lookup& lookup, const record::Fields* base) {
    return OdooReader(profile, entity, known, raw, lookup, base).read();
}

}  // namespace syncline::profile
