#include "access/org.hpp"

#include <gtest/gtest.h>

namespace syncline::access {
namespace {

TEST(OrgId, IsALowerCaseUuid) {
    const std::string good = "0f8fad5b-d9cb-469f-a165-70867728950e";
    EXPECT_EQ(OrgId::parse(good).value().text(), good);
    EXPECT_EQ(OrgId::parse(default_org().text()).value(), default_org());
    // Every one-character change that leaves the shape is refused.
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char wrong : {'g', 'A', ' ', '\0', good[i] == '-' ? '0' : '-'}) {
            std::string bad = good;
            bad[i] = wrong;
            EXPECT_FALSE(OrgId::parse(bad).ok()) << bad;
        }
        EXPECT_FALSE(OrgId::parse(good.substr(0, i)).ok());
    }
    EXPECT_FALSE(OrgId::parse(good + "0").ok());
    EXPECT_FALSE(OrgId::parse("{" + good + "}").ok());
}

}  // namespace
}  // namespace syncline::access
