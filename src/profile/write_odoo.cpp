#include <charconv>

#include "profile/detail/states.hpp"
#include "profile/detail/values.hpp"
#include "profile/detail/write.hpp"
#include "profile/html.hpp"
#include "profile/reasons.hpp"
#include "profile/translate.hpp"

namespace syncline::profile {

namespace {

using record::Peer;
using record::Value;

// A day in a field that wants an instant: noon where the profile is, which is the same day wherever it is read.
constexpr Micros kNoon = std::chrono::hours(12);

class OdooWriter {
public:
    OdooWriter(const Profile& profile, const OdooFields& known, const Lookup& lookup)
        : profile_(profile), known_(known), lookup_(lookup) {}

    Result<json::Value> write(const FieldMap& field, const std::string& target, const Value& value) const {
        const std::string text(record::as_text(value));
        const std::string& type = known_.find(target)->second;
        switch (field.transform) {
            case Transform::kRefs:
            case Transform::kPeople: return people(field, type, value);
            case Transform::kLabels: return labels(field, value);
            case Transform::kBool: return json::Value(value == Value(true));
            default: break;
        }
        if (record::is_null(value)) return json::Value(false);  // Odoo's word for nothing
        switch (field.transform) {
            case Transform::kHtml: return json::Value(sanitize_html(text));
            case Transform::kDay: return day(type, text);
            case Transform::kChoice:
                return json::Value(TRY(detail::choice_at(profile_, field, value, &ChoiceRow::odoo)));
            case Transform::kState: return state(field, text);
            case Transform::kRef:
            case Transform::kPerson: return id(field, text);
            default: return record::to_json(value);
        }
    }

private:
    static Result<json::Value> number(std::string_view text) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size()) {
            return make_error(Errc::kInvalid, "not an Odoo id: " + std::string(text));
        }
        return json::Value(value);
    }

    Result<json::Value> id(const FieldMap& field, std::string_view key) const {
        return number(TRY(detail::id_at(Peer::kOdoo, field, key, lookup_)));
    }

    // Up to Odoo 16 some lists of people hold one person.
    Result<json::Value> people(const FieldMap& field, const std::string& type, const Value& value) const {
        json::Array ids;
        for (const std::string& key : record::as_set(value)) ids.push_back(TRY(id(field, key)));
        if (type != "many2one") return set_of(std::move(ids));
        return ids.empty() ? json::Value(false) : ids.front();
    }

    // "Replace by these" is [6, 0, ids].
    // (Braces around a single list would copy that list instead of holding it.)
    static json::Value set_of(json::Array ids) {
        json::Array commands;
        commands.push_back(json::Array{6, 0, std::move(ids)});
        return commands;
    }

    // A label that stands for a flag is not a tag.
    Result<json::Value> labels(const FieldMap& field, const Value& value) const {
        json::Array ids;
        for (const std::string& label : record::as_set(value)) {
            bool is_flag = false;
            for (const FlagLabel& flag : field.flags) is_flag = is_flag || flag.label == label;
            if (is_flag) continue;
            const std::optional<std::string> tag = lookup_.label_id(Peer::kOdoo, label);
            if (!tag) {
                return detail::not_there(field, reasons::kValueUnknown, label,
                                         "there is no tag '" + label + "' in Odoo yet");
            }
            ids.push_back(TRY(number(*tag)));
        }
        return set_of(std::move(ids));
    }

    Result<json::Value> day(const std::string& type, const std::string& text) const {
        if (type != "datetime") return json::Value(text);
        return json::Value(format_odoo(TRY(instant_in_zone(TRY(parse_day(text)), kNoon, profile_.time_zone))));
    }

    Result<json::Value> state(const FieldMap& field, const std::string& key) const {
        const std::optional<std::string> stage = detail::States(lookup_).write_odoo(key);
        if (stage) return number(*stage);
        return detail::not_there(field, reasons::kStateUnknown, key,
                                 "the project in Odoo has no stage of the group of '" + key + "'");
    }

    const Profile& profile_;
    const OdooFields& known_;
    const Lookup& lookup_;
};

}  // namespace

Result<json::Object> write_odoo(const Profile& profile, const EntityMap& entity, const OdooFields& known,
                                const record::Fields& fields, const Lookup& lookup) {
    const OdooWriter writer(profile, known, lookup);
    json::Object body;
    for (const auto& [name, value] : fields) {
        const FieldMap* field = entity.field(name);
        const std::optional<std::string> target = field ? odoo_field(*field, known) : std::nullopt;
        if (!target) continue;
        body[*target] = TRY(writer.write(*field, *target, value));
    }
    return body;
}

}  // namespace syncline::profile
