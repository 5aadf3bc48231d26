#include "watch/log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace syncline::watch {
namespace {

std::string logged(LogOptions options, const std::function<void(Log&)>& body) {
    ::testing::internal::CaptureStderr();
    {
        Log log(options);
        body(log);
    }
    return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesWholeLinesAtItsLevelAndAbove) {
    const std::string out = logged({Level::kInfo, false}, [](Log& log) {
        log.debug("not this");
        log.info("opened", {{"home", "/srv/x"}, {"title", "two words"}});
        log.error("broke\nin two");
    });
    EXPECT_EQ(out.find("not this"), std::string::npos);
    EXPECT_NE(out.find("opened home=/srv/x title=\"two words\""), std::string::npos) << out;
    EXPECT_NE(out.find("broke in two"), std::string::npos) << out;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
}

TEST(Log, JsonLinesHoldWhateverTheTextIs) {
    const std::string out = logged({Level::kDebug, true}, [](Log& log) {
        log.warn("a \"quoted\"\nline %v {}", {{"key", "back\\slash"}});
    });
    EXPECT_TRUE(out.starts_with("{\"at\":\"")) << out;
    EXPECT_TRUE(out.ends_with("}\n")) << out;
    EXPECT_NE(out.find(R"("message":"a \"quoted\"\u000aline %v {}","key":"back\\slash")"), std::string::npos) << out;
    EXPECT_NE(out.find(R"("level":"warning")"), std::string::npos) << out;
}

TEST(Log, OffIsSilent) {
    EXPECT_EQ(logged({Level::kOff, false}, [](Log& log) { log.error("x"); }), "");
    EXPECT_FALSE(Log({Level::kWarn, false}).on(Level::kInfo));
    EXPECT_TRUE(Log({Level::kWarn, false}).on(Level::kError));
}

TEST(Log, LevelsByName) {
    EXPECT_EQ(parse_level("debug"), Level::kDebug);
    EXPECT_EQ(parse_level("off"), Level::kOff);
    EXPECT_EQ(parse_level("nonsense"), Level::kWarn);
}

}  // namespace
}  // namespace syncline::watch
