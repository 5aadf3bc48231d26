#include "base/duration.hpp"

#include <gtest/gtest.h>

namespace syncline {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Duration, InWords) {
    EXPECT_EQ(in_words(milliseconds(1999)), "1 s");
    EXPECT_EQ(in_words(seconds(119)), "119 s");
    EXPECT_EQ(in_words(seconds(120)), "2 min");
    EXPECT_EQ(in_words(hours(2)), "2 h");
    EXPECT_EQ(in_words(hours(48)), "2 days");
}

}  // namespace
}  // namespace syncline
