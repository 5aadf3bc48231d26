#include "profile/detail/states.hpp"
#include "profile/detail/values.hpp"
#include "profile/detail/write.hpp"
#include "profile/html.hpp"
#include "profile/name.hpp"
#include "profile/reasons.hpp"
#include "profile/translate.hpp"

namespace syncline::profile {

namespace {

using record::Peer;
using record::Value;

// Plane refuses an empty description.
constexpr std::string_view kEmptyHtml = "<p></p>";

std::string named(const FieldMap& field, std::string text) {
    return field.plane == "name" ? detail::fit_name(text) : std::move(text);
}

Result<json::Value> write_set(const FieldMap& field, const Value& value, const Lookup& lookup) {
    json::Array ids;
    for (const std::string& element : record::as_set(value)) {
        if (field.transform != Transform::kLabels) {
            ids.emplace_back(TRY(detail::id_at(Peer::kPlane, field, element, lookup)));
            continue;
        }
        const std::optional<std::string> id = lookup.label_id(Peer::kPlane, element);
        if (!id) {
            return detail::not_there(field, reasons::kValueUnknown, element,
                                     "there is no label '" + element + "' in Plane yet");
        }
        ids.emplace_back(*id);
    }
    return json::Value(std::move(ids));
}

Result<json::Value> write_state(const FieldMap& field, const Value& value, const Lookup& lookup) {
    const std::optional<std::string> id = detail::States(lookup).write_plane(record::as_text(value));
    if (id) return json::Value(*id);
    return detail::not_there(
        field, reasons::kStateUnknown, record::as_text(value),
        "the project in Plane has no state of the group of '" + std::string(record::as_text(value)) + "'");
}

Result<json::Value> write_value(const Profile& profile, const FieldMap& field, const Value& value,
                                const Lookup& lookup) {
    const std::string text(record::as_text(value));
    switch (field.transform) {
        case Transform::kText: return json::Value(named(field, text));
        case Transform::kCleanName: return json::Value(named(field, clean_name(text)));
        case Transform::kIdentifier: return json::Value(make_identifier(text, text, {}));
        case Transform::kHtml:
        case Transform::kDescription:
            if (!detail::is_rich(field)) return json::Value(text);
            return text.empty() ? json::Value(kEmptyHtml) : json::Value(sanitize_html(text));
        case Transform::kState:
            if (!record::is_null(value)) return write_state(field, value, lookup);
            return json::Value(nullptr);
        case Transform::kRefs:
        case Transform::kPeople:
        case Transform::kLabels: return write_set(field, value, lookup);
        default: break;
    }
    if (record::is_null(value)) return json::Value(nullptr);
    switch (field.transform) {
        case Transform::kChoice: return json::Value(TRY(detail::choice_at(profile, field, value, &ChoiceRow::plane)));
        case Transform::kRef:
        case Transform::kPerson: return json::Value(TRY(detail::id_at(Peer::kPlane, field, text, lookup)));
        default: return record::to_json(value);
    }
}

}  // namespace

Result<json::Object> write_plane(const Profile& profile, const EntityMap& entity, const record::Fields& fields,
                                 const Lookup& lookup) {
    json::Object body;
    for (const auto& [name, value] : fields) {
        const FieldMap* field = entity.field(name);
        if (!field || field->plane.empty()) continue;
        body[field->plane] = TRY(write_value(profile, *field, value, lookup));
    }
    return body;
}

}  // namespace syncline::profile
