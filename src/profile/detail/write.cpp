#include "profile/detail/write.hpp"

#include "profile/detail/values.hpp"
#include "profile/reasons.hpp"

namespace syncline::profile::detail {

Error not_there(const FieldMap& field, std::string_view reason, std::string_view value, std::string message) {
    return make_error(Errc::kNotFound, std::move(message))
        .with("field", field.name())
        .with("reason", std::string(reason))
        .with("value", std::string(value));
}

Result<std::string> id_at(record::Peer peer, const FieldMap& field, std::string_view key, const Lookup& lookup) {
    const record::LinkKey parsed = TRY(record::parse_link_key(key));
    const std::optional<std::string> id = lookup.id(peer, parsed);
    if (id) return *id;
    const bool person = parsed.entity == "user";
    return not_there(field, person ? reasons::kUserUnmapped : reasons::kWaitsForParent, key,
                     std::string(key) + " is not in " + std::string(record::to_string(peer)) + " yet");
}

Result<std::string> choice_at(const Profile& profile, const FieldMap& field, const record::Value& value,
                              std::vector<std::string> ChoiceRow::*side) {
    for (const ChoiceRow& row : choices_of(profile, field)) {
        if (row.value == record::as_text(value) && !(row.*side).empty()) return (row.*side).front();
    }
    return not_there(field, reasons::kValueUnknown, record::as_text(value),
                     "'" + std::string(record::as_text(value)) + "' is not in table " + field.table);
}

}  // namespace syncline::profile::detail
