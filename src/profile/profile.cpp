#include "profile/profile.hpp"

#include <algorithm>

namespace syncline::profile {

const FieldMap* EntityMap::field(std::string_view wanted) const {
    const auto place =
        std::find_if(fields.begin(), fields.end(), [&](const FieldMap& field) { return field.name() == wanted; });
    return place == fields.end() ? nullptr : &*place;
}

const EntityMap* Profile::entity(std::string_view wanted) const {
    const auto place =
        std::find_if(entities.begin(), entities.end(), [&](const EntityMap& entity) { return entity.name == wanted; });
    return place == entities.end() ? nullptr : &*place;
}

}  // namespace syncline::profile
