#include "net/correlation.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace syncline::net {
namespace {

std::string carried(const Correlation& correlation) {
    HttpRequest request;
    correlation.mark(request);
    return std::string(request.headers.get(kCorrelationHeader));
}

TEST(Correlation, MarksWhatTheThreadSendsUntilToldOtherwise) {
    Correlation correlation;
    EXPECT_EQ(carried(correlation), "");
    correlation.use("one");
    EXPECT_EQ(carried(correlation), "one");
    correlation.use("two");
    EXPECT_EQ(carried(correlation), "two");
    correlation.use("");
    EXPECT_EQ(carried(correlation), "");
}

TEST(Correlation, IsOfOneThreadAndOneClient) {
    Correlation mine;
    Correlation other;
    mine.use("mine");
    EXPECT_EQ(carried(other), "");
    std::string seen = "?";
    std::thread([&] { seen = carried(mine); }).join();
    EXPECT_EQ(seen, "");
}

TEST(Correlation, ANewClientInheritsNothing) {
    auto first = std::make_unique<Correlation>();
    first->use("first");
    first.reset();
    EXPECT_EQ(carried(Correlation()), "");
}

}  // namespace
}  // namespace syncline::net
