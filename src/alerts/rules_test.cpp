#include "alerts/rules.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "alerts/detail/ops_item.hpp"
#include "alerts/detail/words.hpp"

namespace syncline::alerts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow{seconds(1'790'000'000)};

FailingLink failing(const std::string& link, int failures) {
    return {"delivery", link, "Launch", "p1", failures, "Plane said no"};
}

// What every rule owes its reader.
void expect_whole(const Alert& alert) {
    EXPECT_EQ(alert.key.substr(0, alert.kind.size()), alert.kind);
    EXPECT_FALSE(alert.title.empty());
    EXPECT_FALSE(alert.detail.empty());
    EXPECT_FALSE(alert.cure.empty());
    EXPECT_EQ((alert.title + alert.cure).find('\n'), std::string::npos);
}

TEST(Rules, AnEntityFailsThreeTimesInARow) {
    EXPECT_TRUE(entities_failing({failing("task/odoo/1", 2)}, 0).empty());
    const auto alerts = entities_failing({failing("task/odoo/1", 3)}, 1);
    ASSERT_EQ(alerts.size(), 1u);
    EXPECT_EQ(alerts[0].key, "entity_failing:delivery:task/odoo/1");
    EXPECT_EQ(alerts[0].title, "Launch failed 3 times in a row");
    EXPECT_EQ(alerts[0].project, "p1");
    EXPECT_EQ(alerts[0].subject, "task/odoo/1");
    EXPECT_NE(alerts[0].cure.find("syncline explain task/odoo/1"), std::string::npos);
    expect_whole(alerts[0]);
    EXPECT_EQ(entities_failing({failing("task/odoo/1", 7)}, 1)[0].key, alerts[0].key) << "the same trouble";
}

TEST(Rules, ManyFailuresAreNotAStorm) {
    std::vector<FailingLink> links;
    for (int i = 0; i < 50; ++i) links.push_back(failing("task/odoo/" + std::to_string(i), 3));
    const auto alerts = entities_failing(links, 4000);
    ASSERT_EQ(alerts.size(), kFailingShown + 1);
    EXPECT_EQ(alerts.back().key, "entity_failing:others");
    EXPECT_EQ(alerts.back().title, "3990 more entities failed 3 times in a row");
    expect_whole(alerts.back());
}

TEST(Rules, SuccessBelow95PercentOfAtLeastTwenty) {
    EXPECT_FALSE(success_low({19, 19}));
    EXPECT_FALSE(success_low({20, 1}));
    EXPECT_FALSE(success_low({0, 0}));
    const auto alert = success_low({20, 2});
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->title, "Only 90 % of the last day's writes succeeded");
    expect_whole(*alert);
    EXPECT_EQ(success_low({10'000, 501})->title, "Only 94.9 % of the last day's writes succeeded");
}

TEST(Rules, DeadLetters) {
    EXPECT_FALSE(dead_letters(0));
    EXPECT_EQ(dead_letters(1)->title, "A job is in the dead-letter queue");
    EXPECT_EQ(dead_letters(3)->title, "3 jobs are in the dead-letter queue");
    EXPECT_EQ(dead_letters(3)->key, dead_letters(1)->key);
    expect_whole(*dead_letters(3));
}

TEST(Rules, ACursorThatStands) {
    const std::vector<Coverage> coverage = {{"delivery", "project/odoo/1", "Website", "plane", minutes(11)},
                                            {"delivery", "project/odoo/1", "Website", "odoo", minutes(10)},
                                            {"delivery", "project/odoo/2", "", "odoo", hours(30)}};
    const auto alerts = cursors_stuck(coverage);
    ASSERT_EQ(alerts.size(), 2u);
    EXPECT_EQ(alerts[0].title, "Odoo's changes in project/odoo/2 are not known since 30 h");
    EXPECT_EQ(alerts[1].title, "Plane's changes in Website are not known since 11 min");
    EXPECT_EQ(alerts[1].peer, "plane");
    EXPECT_NE(alerts[0].key, alerts[1].key);
    for (const Alert& alert : alerts) expect_whole(alert);
    EXPECT_TRUE(cursors_stuck({{"delivery", "project/odoo/2", "", "odoo", hours(30), hours(48)}}).empty())
        << "it is looked at so rarely by the settings";
}

TEST(Rules, APeerThatIsAwayIsNotAStormOfCursors) {
    std::vector<Coverage> coverage;
    for (int i = 0; i < 400; ++i) {
        coverage.push_back({"delivery", "project/odoo/" + std::to_string(i), "", "plane", minutes(20) + seconds(i)});
    }
    coverage.push_back({"delivery", "project/odoo/1", "", "odoo", minutes(11)});
    const auto alerts = cursors_stuck(coverage);
    ASSERT_EQ(alerts.size(), 1 + kStuckShown + 1);
    EXPECT_EQ(alerts.front().peer, "odoo");
    EXPECT_EQ(alerts[1].subject, "project/odoo/399") << "the worst first";
    EXPECT_EQ(alerts.back().key, "cursor_stuck:delivery:plane:others");
    EXPECT_EQ(alerts.back().title, "Plane's changes in 395 more projects are not known since 26 min");
    for (const Alert& alert : alerts) expect_whole(alert);
    coverage.erase(coverage.begin(), coverage.begin() + 390);
    EXPECT_EQ(cursors_stuck(coverage).back().key, alerts.back().key) << "the same trouble";
}

TEST(Rules, AWebhookThatIsSilent) {
    const Alert silent = webhook_silent({"plane/main", kNow, 4, false});
    EXPECT_EQ(silent.title, "The webhook of plane/main is silent");
    EXPECT_EQ(webhook_silent({"plane/main", kNow, 4, true}).title, "The webhook of plane/main is switched off");
    expect_whole(silent);
}

TEST(Rules, ABreakerThatStaysOpen) {
    const OpenBreaker breaker{"plane", kNow, "503"};
    EXPECT_FALSE(breaker_open(breaker, kNow + minutes(2)));
    const auto alert = breaker_open(breaker, kNow + minutes(2) + seconds(1));
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->peer, "plane");
    EXPECT_EQ(alert->severity, Severity::kCritical);
    expect_whole(*alert);
    expect_whole(key_refused("plane", "Given API token is not valid"));
}

TEST(Rules, ADiskThatFills) {
    EXPECT_FALSE(store_filling(5, 100));
    EXPECT_FALSE(store_filling(0, 0)) << "not known";
    ASSERT_TRUE(store_filling(4, 100));
    expect_whole(*store_filling(4, 100));
}

TEST(Rules, KeysFitWhereTheyGo) {
    const auto alerts = entities_failing({failing("task/" + std::string(1000, 'x'), 3)}, 1);
    EXPECT_LE(external_id(alerts[0]).size(), 255u - 40u) << "a comment's id is made of it, too";
    EXPECT_NE(alerts[0].key, entities_failing({failing("task/" + std::string(1001, 'x'), 3)}, 1)[0].key);
}

std::string text_of(const std::string& path) {
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Rules, EachKindHasItsPageInTheRunbook) {
    const std::string runbook = text_of("/docs/operations.md");
    const std::string header = text_of("/src/alerts/rules.hpp");
    const std::regex kind("string_view k[A-Za-z]+ = \"([a-z_]+)\"");
    int kinds = 0;
    for (std::sregex_iterator it(header.begin(), header.end(), kind), end; it != end; ++it, ++kinds) {
        const std::string title = "\n### " + std::string((*it)[1]) + "\n";
        const std::size_t page = runbook.find(title);
        ASSERT_NE(page, std::string::npos) << title;
        const std::string text = runbook.substr(page, runbook.find("\n##", page + title.size()) - page);
        EXPECT_NE(text.find("**Cure**"), std::string::npos) << title;
    }
    EXPECT_GE(kinds, 8);
}

TEST(Words, SayHowMuch) {
    EXPECT_EQ(percent(0.95), "95 %");
    EXPECT_EQ(percent(0.9499), "94.9 %");
    EXPECT_EQ(percent(1.0), "100 %");
    EXPECT_EQ(percent(0.3), "30 %");
}

TEST(Words, AreHarmlessElsewhere) {
    EXPECT_EQ(escape_slack("<!channel> & \"x\""), "&lt;!channel&gt; &amp; \"x\"");
    EXPECT_EQ(escape_html("<b title=\"x\">&"), "&lt;b title=&quot;x&quot;&gt;&amp;");
    EXPECT_EQ(shortened("abc", 3), "abc");
    EXPECT_EQ(shortened("abcd", 3), "abc…");
    EXPECT_EQ(shortened("aéé", 4), "aé…") << "no half characters";
}

}  // namespace
}  // namespace syncline::alerts
