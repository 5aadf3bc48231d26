// What promotion makes rows of, and what the mirror believes of it: two rooms, one truth.
#include <gtest/gtest.h>

#include "mirror/entities.hpp"
#include "promote/table.hpp"

namespace syncline::actions {
namespace {

TEST(CoreForms, AreThoseThatThePromotionDescribes) {
    for (const mirror::Entity& entity : mirror::all_entities()) {
        EXPECT_EQ(entity.has_core_form, promote::is_promoted(entity.name)) << entity.name;
    }
}

}  // namespace
}  // namespace syncline::actions
