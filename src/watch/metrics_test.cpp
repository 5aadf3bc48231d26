#include "watch/metrics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "watch/metric_names.hpp"

namespace syncline::watch {
namespace {

using std::chrono::milliseconds;

// A strict reader of the text format: what it cannot read, a scraper may not either.
struct Exposition {
    std::map<std::string, std::string> types;  // by name
    std::map<std::string, double> samples;     // by name{label="value",…}, labels in their order
    std::vector<std::string> errors;
};

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Exposition read() {
        if (!text_.empty() && text_.back() != '\n') fail("the last line has no end");
        std::istringstream lines{std::string(text_)};
        for (std::string line; std::getline(lines, line);) {
            line_ = line;
            at_ = 0;
            if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) {
                comment();
            } else if (!line.empty() && line[0] != '#') {
                sample();
            } else {
                fail("an empty line or an unknown comment");
            }
        }
        return std::move(out_);
    }

private:
    void fail(const std::string& why) { out_.errors.push_back(why + ": " + line_); }
    bool take(char c) { return at_ < line_.size() && line_[at_] == c ? ++at_, true : false; }
    std::string name(bool colons) {
        std::string found;
        while (at_ < line_.size()) {
            const char c = line_[at_];
            const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (colons && c == ':');
            if (!letter && (found.empty() || std::isdigit(static_cast<unsigned char>(c)) == 0)) break;
            found += c;
            ++at_;
        }
        if (found.empty()) fail("a name is missing");
        return found;
    }
    void comment() {
        const bool type = line_.starts_with("# TYPE ");
        at_ = 7;
        const std::string of = name(true);
        if (!take(' ')) return fail("a comment breaks off");
        const std::string rest = line_.substr(at_);
        if (!type) return;
        if (rest != "counter" && rest != "gauge" && rest != "histogram") fail("an unknown type");
        if (!out_.types.emplace(of, rest).second) fail("a type is said twice");
    }
    std::optional<std::string> value() {
        std::string found;
        if (!take('"')) return std::nullopt;
        while (at_ < line_.size() && line_[at_] != '"') {
            char c = line_[at_++];
            if (c == '\\') {
                if (at_ == line_.size()) return std::nullopt;
                c = line_[at_++];
                if (c == 'n') {
                    c = '\n';
                } else if (c != '\\' && c != '"') {
                    return std::nullopt;
                }
            }
            found += c;
        }
        return take('"') ? std::optional(found) : std::nullopt;
    }
    void sample() {
        const std::string of = name(true);
        std::string labels;
        std::set<std::string> seen;
        if (take('{')) {
            while (!take('}')) {
                const std::string label = name(false);
                if (!seen.insert(label).second) return fail("a label twice");
                if (!take('=')) return fail("a label without a value");
                const auto text = value();
                if (!text) return fail("a broken label value");
                labels += (labels.empty() ? "" : ",") + label + "=" + *text;
                if (take(',')) continue;
                if (at_ >= line_.size() || line_[at_] != '}') return fail("labels that do not end");
            }
        }
        if (!take(' ')) return fail("no value");
        const std::string number = line_.substr(at_);
        char* end = nullptr;
        const double read = std::strtod(number.c_str(), &end);
        if (number.empty() || *end != '\0') return fail("no number");
        std::string base = of;
        for (const char* ending : {"_bucket", "_sum", "_count"}) {
            if (!base.ends_with(ending)) continue;
            const std::string shorter = base.substr(0, base.size() - std::string_view(ending).size());
            if (out_.types.contains(shorter) && out_.types.at(shorter) == "histogram") base = shorter;
        }
        if (!out_.types.contains(base)) fail("a sample before its type");
        if (!out_.samples.emplace(of + "{" + labels + "}", read).second) fail("a sample twice");
    }

    std::string text_;
    std::string line_;
    std::size_t at_ = 0;
    Exposition out_;
};

Exposition read(const Metrics& metrics) {
    Exposition found = Reader(metrics.text()).read();
    for (const std::string& error : found.errors) ADD_FAILURE() << error;
    return found;
}

TEST(Reader, IsStrict) {
    const auto broken = [](const char* text) { return !Reader(text).read().errors.empty(); };
    EXPECT_FALSE(broken("# HELP a b\n# TYPE a gauge\na{b=\"c\\\"\\n\\\\\"} 1\n"));
    for (const char* text :
         {"a 1\n", "# TYPE a gauge\na{b=\"c} 1\n", "# TYPE a gauge\na{b=\"c\"d=\"e\"} 1\n", "# TYPE a gauge\na x\n",
          "# TYPE a gauge\na 1\na 1\n", "# TYPE a gauge\na 1", "# TYPE a thing\n", "# TYPE a gauge\na{b=\"\\x\"} 1\n",
          "# TYPE a gauge\na{1=\"x\"} 1\n", "\n"}) {
        EXPECT_TRUE(broken(text)) << text;
    }
}

TEST(Metrics, AreReadAsTheyWereWritten) {
    Metrics metrics;
    EXPECT_TRUE(read(metrics).samples.empty());
    metrics.add(kWebhookReceipts, {"accepted"});
    metrics.add(kWebhookReceipts, {"accepted"}, 2);
    metrics.add(kWebhookReceipts, {"bad_signature"});
    metrics.set(kDeadLetters, {}, 7);
    metrics.set(kDeadLetters, {}, 4);
    metrics.set(kCoverageLag, {"p1", "odoo"}, 1.5);
    metrics.set(kRateBudget, {"plane"}, std::numeric_limits<double>::infinity());
    const Exposition shown = read(metrics);
    EXPECT_EQ(shown.samples.at("syncline_webhook_receipts_total{outcome=accepted}"), 3);
    EXPECT_EQ(shown.samples.at("syncline_webhook_receipts_total{outcome=bad_signature}"), 1);
    EXPECT_EQ(shown.samples.at("syncline_dead_letters{}"), 4);
    EXPECT_EQ(shown.samples.at("syncline_coverage_lag_seconds{peer=odoo,project=p1}"), 1.5);
    EXPECT_TRUE(std::isinf(shown.samples.at("syncline_rate_budget_remaining{peer=plane}")));
    EXPECT_EQ(shown.types.at("syncline_webhook_receipts_total"), "counter");
    EXPECT_EQ(shown.types.at("syncline_dead_letters"), "gauge");
}

TEST(Metrics, LabelsHoldAnything) {
    Metrics metrics;
    metrics.add(kJobs, {"a\"b\\c\nd", "é日"});
    metrics.add(kJobs, {std::string("\xff\0x", 3), ""});
    metrics.add(kJobs, {std::string(1000, 'x'), "long"});
    const Exposition shown = read(metrics);
    EXPECT_EQ(shown.samples.count("syncline_jobs_total{kind=a\"b\\c\nd,outcome=é日}"), 1u);
    EXPECT_EQ(shown.samples.count("syncline_jobs_total{kind=\xef\xbf\xbdx,outcome=}"), 1u);
    EXPECT_EQ(shown.samples.count("syncline_jobs_total{kind=" + std::string(kLabelBytesMax, 'x') + ",outcome=long}"),
              1u);
}

TEST(Metrics, HistogramsAreCumulative) {
    Metrics metrics;
    for (const auto took : {milliseconds(2), milliseconds(20), milliseconds(20), milliseconds(400'000)}) {
        metrics.observe(kPeerRequestSeconds, {"plane"}, took);
    }
    metrics.observe(kPeerRequestSeconds, {"plane"}, milliseconds(-5));  // a clock was set back
    const Exposition shown = read(metrics);
    const auto bucket = [&](const std::string& le) {
        return shown.samples.at("syncline_peer_request_seconds_bucket{peer=plane,le=" + le + "}");
    };
    EXPECT_EQ(bucket("0.001"), 1);
    EXPECT_EQ(bucket("0.0025"), 2);
    EXPECT_EQ(bucket("0.025"), 4);
    EXPECT_EQ(bucket("300"), 4);
    EXPECT_EQ(bucket("+Inf"), 5);
    EXPECT_EQ(shown.samples.at("syncline_peer_request_seconds_count{peer=plane}"), 5);
    EXPECT_NEAR(shown.samples.at("syncline_peer_request_seconds_sum{peer=plane}"), 400.042, 1e-9);
}

TEST(Metrics, ACounterFollowsOneThatIsKeptElsewhere) {
    Metrics metrics;
    for (const double total : {5.0, 9.0, 3.0, 9.0}) metrics.follow(kWebhookCommits, {}, total);
    EXPECT_EQ(read(metrics).samples.at("syncline_webhook_commits_total{}"), 9);
}

TEST(Metrics, WhatIsGoneShowsNoMore) {
    Metrics metrics;
    metrics.replace(kCoverageLag, {{{"p1", "odoo"}, 1}, {{"p2", "odoo"}, 2}});
    metrics.replace(kCoverageLag, {{{"p2", "odoo"}, 3}, {{"p3", "odoo"}, 4}});
    const Exposition shown = read(metrics);
    EXPECT_EQ(shown.samples.size(), 2u);
    EXPECT_EQ(shown.samples.at("syncline_coverage_lag_seconds{peer=odoo,project=p2}"), 3);
    EXPECT_EQ(shown.samples.at("syncline_coverage_lag_seconds{peer=odoo,project=p3}"), 4);
    metrics.replace(kCoverageLag, {});
    EXPECT_TRUE(read(metrics).samples.empty());
}

TEST(Metrics, SeriesAreBounded) {
    Metrics metrics;
    const auto count = static_cast<int>(kSeriesMax) + 500;
    for (int i = 0; i < count; ++i) {
        metrics.add(kJobs, {"kind" + std::to_string(i), "done"});
        metrics.set(kCoverageLag, {"p" + std::to_string(i), "odoo"}, i);
    }
    metrics.add(kJobs, {"kind0", "done"});
    const Exposition shown = read(metrics);
    EXPECT_LE(shown.samples.size(), 2 * kSeriesMax + 3);
    EXPECT_EQ(shown.samples.at("syncline_jobs_total{kind=other,outcome=other}"), 500) << "nothing is left uncounted";
    EXPECT_EQ(shown.samples.at("syncline_jobs_total{kind=kind0,outcome=done}"), 2);
    EXPECT_EQ(shown.samples.at("syncline_metric_series_refused_total{metric=syncline_jobs_total}"), 500);
    EXPECT_EQ(shown.samples.at("syncline_metric_series_refused_total{metric=syncline_coverage_lag_seconds}"), 500);
}

TEST(Metrics, ManyThreadsLoseNothing) {
    Metrics metrics;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) {
                metrics.add(kJobs, {"look", "done"});
                metrics.observe(kJobSeconds, {"look"}, milliseconds(n));
                if (n % 100 == 0) (void)metrics.text();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    const Exposition shown = read(metrics);
    EXPECT_EQ(shown.samples.at("syncline_jobs_total{kind=look,outcome=done}"), 4000);
    EXPECT_EQ(shown.samples.at("syncline_job_seconds_count{kind=look}"), 4000);
}

std::string text_of(const std::string& path) {
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Metrics, EachNameIsExplainedToOperators) {
    const std::string runbook = text_of("/docs/operations.md");
    const std::string header = text_of("/src/watch/metric_names.hpp");
    const std::regex name("\"(syncline_[a-z_]+)\"");
    int names = 0;
    for (std::sregex_iterator it(header.begin(), header.end(), name), end; it != end; ++it, ++names) {
        const std::string known = (*it)[1];
        EXPECT_TRUE(std::regex_search(runbook, std::regex("`" + known + "[`{]"))) << known;
    }
    EXPECT_GT(names, 20);
}

TEST(MetricsDeathTest, WrongLabelsAreABug) {
    Metrics metrics;
    EXPECT_DEATH(metrics.add(kJobs, {"look"}), "");
}

}  // namespace
}  // namespace syncline::watch
