#include "base/text.hpp"
#include "profile/detail/states.hpp"
#include "profile/detail/values.hpp"
#include "profile/html.hpp"
#include "profile/name.hpp"
#include "profile/reasons.hpp"
#include "profile/translate.hpp"

namespace syncline::profile {

namespace {

using record::Peer;
using record::Value;

class PlaneReader {
public:
    PlaneReader(const Profile& profile, const EntityMap& entity, const json::Object& raw, const Lookup& lookup,
                const record::Fields* base, const Echoes& echoes)
        : profile_(profile), entity_(entity), raw_(raw), lookup_(lookup), base_(base), echoes_(echoes) {}

    merge::Tree read() {
        tree_.presence = merge::Presence::kPresent;
        const json::Value* archived = raw_.if_contains("archived_at");
        if (archived && !detail::is_nothing(*archived)) tree_.presence = merge::Presence::kArchived;
        if (const Result<Time> updated = parse_time(json::text_or(raw_, "updated_at"))) tree_.edited_at = *updated;
        for (const FieldMap& field : entity_.fields) {
            if (std::optional<Value> value = read_field(field)) tree_.fields[field.name()] = std::move(*value);
        }
        return std::move(tree_);
    }

private:
    std::optional<Value> read_field(const FieldMap& field) {
        if (field.plane.empty()) return std::nullopt;
        const Value* base = detail::base_value(base_, field.name());
        // A comment is not read back: what was agreed is what is there.
        if (field.transform == Transform::kNote) return base ? *base : Value();
        const json::Value* value = raw_.if_contains(field.plane);
        if (!value) return std::nullopt;
        const auto echo = echoes_.find(field.name());
        if (echo != echoes_.end() && echo->second.raw == detail::echo_digest(field, *value)) return echo->second.value;
        switch (field.transform) {
            case Transform::kText: return text(field, detail::text_of(*value), base);
            case Transform::kCleanName: return clean(detail::text_of(*value), base);
            case Transform::kHtml: return detail::text_or_null(canonical_html(detail::text_of(*value)));
            case Transform::kDescription: return description(field, detail::text_of(*value));
            case Transform::kDay:
            case Transform::kCycleStart: return day(field, detail::text_of(*value));
            case Transform::kBool: return Value(!detail::is_nothing(*value));
            case Transform::kInteger: return integer(field, *value);
            case Transform::kChoice: return choice(field, detail::text_of(*value), base);
            case Transform::kState: return state(field, *value, base);
            case Transform::kRef: return ref(field, *value, field.entity, reasons::kWaitsForParent);
            case Transform::kPerson: return ref(field, *value, "user", reasons::kUserUnmapped);
            case Transform::kRefs: return refs(field, *value);
            case Transform::kPeople: return people(field, *value);
            case Transform::kLabels: return labels(field, *value);
            case Transform::kIdentifier:
            case Transform::kNote: break;
        }
        return detail::text_or_null(detail::text_of(*value));
    }

    // A name that had to be cut still means the whole name.
    static Value text(const FieldMap& field, std::string shown, const Value* base) {
        const bool was_cut = base && field.plane == "name" && shown == detail::fit_name(record::as_text(*base));
        return was_cut ? *base : detail::text_or_null(std::move(shown));
    }

    static Value clean(std::string shown, const Value* base) {
        if (base && shown == detail::fit_name(clean_name(record::as_text(*base)))) return *base;
        return detail::text_or_null(restore_name(shown));
    }

    static Value description(const FieldMap& field, std::string shown) {
        return detail::text_or_null(detail::is_rich(field) ? canonical_html(shown) : std::move(shown));
    }

    std::nullopt_t unreadable(const FieldMap& field, std::string_view reason, std::string_view what) {
        tree_.unreadable[field.name()] = detail::because(reason, what);
        return std::nullopt;
    }

    // Cycles show their days as instants, the bounds of a day where the project is.
    std::optional<Value> day(const FieldMap& field, const std::string& text) {
        if (text.empty()) return Value();
        if (const Result<Day> day = parse_day(text)) return Value(format_day(*day));
        const Result<Time> time = parse_time(text);
        const Result<Day> day = time ? day_in_zone(*time, lookup_.project_time_zone()) : Result<Day>(time.error());
        if (!day) return unreadable(field, reasons::kValueUnknown, text);
        return Value(format_day(*day));
    }

    std::optional<Value> integer(const FieldMap& field, const json::Value& value) {
        if (value.is_int64()) return Value(std::int64_t{value.get_int64()});
        if (detail::is_nothing(value)) return Value();
        return unreadable(field, reasons::kValueUnknown, json::canonical(value));
    }

    std::optional<Value> choice(const FieldMap& field, const std::string& text, const Value* base) {
        if (text.empty()) return Value();
        const ChoiceRow* row = detail::find_choice(detail::choices_of(profile_, field), &ChoiceRow::plane, text, base);
        if (!row) return unreadable(field, reasons::kValueUnknown, text);
        return Value(row->value);
    }

    std::optional<Value> state(const FieldMap& field, const json::Value& value, const Value* base) {
        if (detail::is_nothing(value)) return Value();
        const std::string id = detail::id_of(value);
        const std::optional<std::string> key =
            detail::States(lookup_).read_plane(id, base ? record::as_text(*base) : std::string_view());
        if (!key) return unreadable(field, reasons::kStateUnknown, "state " + id);
        return Value(*key);
    }

    // What is not linked has a key of its own here, so that the ledger can say what was replaced; only where Plane's
    // word counts does it have to wait.
    std::optional<std::string> key_of(const FieldMap& field, std::string_view entity, const std::string& id) const {
        const std::optional<record::LinkKey> key = lookup_.link(Peer::kPlane, entity, id);
        if (key) return key->text();
        if (field.policy.owner != merge::Owner::kOdoo) return std::nullopt;
        return record::LinkKey{std::string(entity), Peer::kPlane, id}.text();
    }

    std::optional<Value> ref(const FieldMap& field, const json::Value& value, std::string_view entity,
                             std::string_view reason) {
        if (detail::is_nothing(value)) return Value();
        const std::string id = detail::id_of(value);
        const std::optional<std::string> key = key_of(field, entity, id);
        if (!key) return unreadable(field, reason, std::string(entity) + " " + id + " of plane");
        return Value(*key);
    }

    // Items that only Plane knows are not Odoo's to judge: where Odoo owns the set they are passed over and stay.
    std::optional<Value> refs(const FieldMap& field, const json::Value& value) {
        std::vector<std::string> keys;
        for (const std::string& id : detail::ids_of(value)) {
            const std::optional<record::LinkKey> key = lookup_.link(Peer::kPlane, field.entity, id);
            if (key) {
                keys.push_back(key->text());
            } else if (field.policy.owner != merge::Owner::kOdoo) {
                return unreadable(field, reasons::kWaitsForParent, field.entity + " " + id + " of plane");
            }
        }
        return Value(record::make_set(std::move(keys)));
    }

    std::optional<Value> people(const FieldMap& field, const json::Value& value) {
        std::vector<std::string> keys;
        for (const std::string& id : detail::ids_of(value)) {
            const std::optional<std::string> key = key_of(field, "user", id);
            if (!key) return unreadable(field, reasons::kUserUnmapped, "user " + id + " of plane");
            keys.push_back(*key);
        }
        return Value(record::make_set(std::move(keys)));
    }

    std::optional<Value> labels(const FieldMap& field, const json::Value& value) {
        std::vector<std::string> names;
        for (const std::string& id : detail::ids_of(value)) {
            const std::optional<std::string> name = lookup_.label_name(Peer::kPlane, id);
            if (!name) return unreadable(field, reasons::kValueUnknown, "label " + id);
            names.emplace_back(trim(*name));
        }
        return Value(record::make_set(std::move(names)));
    }

    const Profile& profile_;
    const EntityMap& entity_;
    const json::Object& raw_;
    const Lookup& lookup_;
    const record::Fields* base_;
    const Echoes& echoes_;
    merge::Tree tree_;
};

}  // namespace

merge::Tree read_plane(const Profile& profile, const EntityMap& entity, const json::Object& raw, const Lookup& lookup,
                       const record::Fields* base, const Echoes& echoes) {
    return PlaneReader(profile, entity, raw, lookup, base, echoes).read();
}

}  // namespace syncline::profile
