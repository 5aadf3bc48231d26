// The yardstick itself: percentiles, goals, ratios, the table and the JSON that other programs read.
#include <gtest/gtest.h>

#include <numeric>

#include "support/figure.hpp"
#include "support/timing.hpp"

namespace syncline::bench {
namespace {

TEST(Percentile, IsAlwaysASampleThatWasMeasured) {
    EXPECT_EQ(percentile({}, 0.5), 0);
    EXPECT_EQ(percentile({7}, 0.99), 7);
    EXPECT_EQ(percentile({4, 1, 3, 2}, 0.5), 2);
    EXPECT_EQ(percentile({1, 2, 3}, 0), 1);
    EXPECT_EQ(percentile({1, 2, 3}, 1), 3);
    std::vector<double> hundred(100);
    std::iota(hundred.begin(), hundred.end(), 1.0);
    EXPECT_EQ(percentile(hundred, 0.99), 99);
    EXPECT_EQ(percentile(hundred, 0.991), 100);
}

TEST(BestRate, CountsEveryThingDone) {
    std::size_t runs = 0;
    const double rate = best_rate(
        10, [&] { ++runs; }, 0.001, 2);
    EXPECT_GT(runs, 0u);
    EXPECT_GT(rate, 0);
}

TEST(Figure, GoalsHaveADirection) {
    EXPECT_EQ(met({"a", 1.2, "", at_most(1.2)}), true);
    EXPECT_EQ(met({"a", 1.3, "", at_most(1.2)}), false);
    EXPECT_EQ(met({"a", 1.3, "", at_least(1.2)}), true);
    EXPECT_EQ(met({"a", 1.1, "", at_least(1.2)}), false);
    EXPECT_EQ(met({"a", 1.1, ""}), std::nullopt);
    EXPECT_EQ(met({"a", std::nullopt, "", at_most(1)}), std::nullopt);
}

TEST(Figure, RatioIsValueOverRival) {
    EXPECT_EQ(ratio({"a", 30.0, "ms", {}, Rival{"b", 60}}), 0.5);
    EXPECT_EQ(ratio({"a", 30.0, "ms", {}, Rival{"b", 0}}), std::nullopt);
    EXPECT_EQ(ratio({"a", 30.0, "ms"}), std::nullopt);
    EXPECT_EQ(ratio({"a", std::nullopt, "ms", {}, Rival{"b", 1}}), std::nullopt);
}

TEST(Figure, SurvivesJson) {
    const std::vector<Figure> figures{{"p99", 12.5, "ms", at_most(20), Rival{"the limit", 10}, "noisy"},
                                      {"rate", 9e6, "cases/s", at_least(1e6)},
                                      {"real", std::nullopt, "ms", at_most(1500), {}, "skipped: no Odoo"}};
    for (const Figure& figure : figures) {
        const Result<Figure> back = figure_from_json(to_json(figure));
        ASSERT_TRUE(back.ok()) << back.error().message;
        EXPECT_EQ(to_json(*back), to_json(figure));
        EXPECT_EQ(back->value, figure.value);
        EXPECT_EQ(met(*back), met(figure));
    }
    EXPECT_EQ(to_json(figures[0])["goal"], "<= 20");
    EXPECT_EQ(to_json(figures[0])["ratio"], 1.25);
    EXPECT_TRUE(to_json(figures[2])["value"].is_null());
    EXPECT_FALSE(figure_from_json(json::Object{{"value", 1}}).ok());
    EXPECT_FALSE(figure_from_json(json::Object{{"name", "a"}, {"goal", "<= soon"}}).ok());
}

TEST(Display, ShowsThreeDigitsThatMatter) {
    EXPECT_EQ(display(0.01234), "0.0123");
    EXPECT_EQ(display(1.2), "1.20");
    EXPECT_EQ(display(48.06), "48.1");
    EXPECT_EQ(display(2000), "2,000");
    EXPECT_EQ(display(1234567.8), "1,234,568");
    EXPECT_EQ(display(3), "3");
    EXPECT_EQ(display(-1500), "-1,500");
}

TEST(Table, AlignsAndCounts) {
    const std::string text = table({{"idle: calls", 4.0, "calls", at_most(5), Rival{"one each", 2000}},
                                    {"idle: start", 200.0, "ms", at_most(150)},
                                    {"real", std::nullopt, "ms", {}, {}, "no Odoo"}});
    EXPECT_EQ(text,
              "figure   measured  goal            beside it, same run    ratio  note\n"
              "------------------------------------------------------------------------\n"
              "idle\n"
              "  calls   4 calls  <= 5  ok        2,000  one each      0.002 x\n"
              "  start    200 ms  <= 150  MISSED\n"
              "\n"
              "  real    skipped                                                no Odoo\n"
              "1 of 2 goals reached, 1 SKIPPED\n");
}

}  // namespace
}  // namespace syncline::bench
