#include "profile/reasons.hpp"

#include <gtest/gtest.h>

#include "merge/detail/field.hpp"

namespace syncline::profile {
namespace {

TEST(Reasons, EachHasAdvice) {
    for (const std::string_view reason :
         {reasons::kWaitsForParent, reasons::kUserUnmapped, reasons::kStateUnknown, reasons::kValueUnknown,
          reasons::kUnsupported, reasons::kFrozen, reasons::kRefused, reasons::kNotKept, reasons::kParentElsewhere,
          reasons::kProjectMoved, reasons::kOrphan, reasons::kGoneInPlane, reasons::kGoneInOdoo, reasons::kNameTaken,
          reasons::kHeld, reasons::kFailed}) {
        EXPECT_GT(reasons::advice(reason).size(), 20U) << reason;
    }
    EXPECT_TRUE(reasons::advice("something else").empty());
}

TEST(Reasons, ThePlannersAreOfTheList) {
    EXPECT_EQ(merge::detail::kUnsupported, reasons::kUnsupported);
    EXPECT_EQ(merge::detail::kOrphan, reasons::kOrphan);
    EXPECT_EQ(merge::detail::kGoneInOdoo, reasons::kGoneInOdoo);
    EXPECT_EQ(merge::detail::kGoneInPlane, reasons::kGoneInPlane);
}

}  // namespace
}  // namespace syncline::profile
