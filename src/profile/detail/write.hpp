// What the two writers share.
#pragma once

#include "profile/translate.hpp"

namespace syncline::profile::detail {

// kNotFound with the details "field", "reason" and "value".
Error not_there(const FieldMap& field, std::string_view reason, std::string_view value, std::string message);

// The peer's id of a link key.
Result<std::string> id_at(record::Peer peer, const FieldMap& field, std::string_view key, const Lookup& lookup);

// The first value of one side in the row of a choice.
Result<std::string> choice_at(const Profile& profile, const FieldMap& field, const record::Value& value,
                              std::vector<std::string> ChoiceRow::*side);

}  // namespace syncline::profile::detail
