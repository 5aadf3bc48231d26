// The simulated Odoo against the recordings kept here, and that the replay can tell a wrong answer from a right one.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "replay.hpp"

namespace syncline::conformance {
namespace {

const std::filesystem::path kRecordings = std::filesystem::path(SYNCLINE_SOURCE_DIR) / "tests/recordings/odoo";

TEST(OdooConformance, AnswersAsRecorded) {
    const Report report = replay_odoo(load_recordings(kRecordings));
    print(report, stdout);
    EXPECT_GE(report.concerned(), 250);
    EXPECT_GE(report.share(), 0.95);
    for (const Outcome& outcome : report.outcomes) {
        if (outcome.verdict == Verdict::kMismatch) {
            EXPECT_FALSE(outcome.explanation.empty()) << outcome.file << ": " << outcome.detail;
        }
    }
}

// Every third recording alone, so that most of what they presuppose was never made by a replayed request. Stand-ins
// make up for records; what a request outside of the selection changed afterwards cannot be known, hence the lower bar
// (lower still with the trade recordings: a product's variants follow from several requests).
TEST(OdooConformance, AnswersAsRecordedWithoutTheirPast) {
    const std::vector<Recording> all = load_recordings(kRecordings);
    for (const std::size_t remainder : {0u, 1u, 2u}) {
        std::vector<Recording> some;
        for (std::size_t i = remainder; i < all.size(); i += 3) some.push_back(all[i]);
        const Report report = replay_odoo(some);
        print(report, stdout);
        EXPECT_GE(report.share(), 0.91) << "every third, from " << remainder;
    }
}

// An answer that is changed in any way that matters must be seen.
TEST(OdooConformance, SeesATamperedRecording) {
    const std::vector<Recording> all = load_recordings(kRecordings);
    const struct {
        std::string file, from, to;
    } cases[] = {
        {"044_partner_read", "info@mueller.example", "other@mueller.example"},
        {"210_task_read", "\"priority\":\"1\"", "\"priority\":\"2\""},
        {"212_task_write_state_bogus", "Wrong value", "Bad value"},
        {"361_write_date_gt_microseconds", "[]", "[{\"id\":16}]"},
        {"fields_get.project.task", "\"type\":\"datetime\"", "\"type\":\"date\""},
    };
    for (const auto& [file, from, to] : cases) {
        std::vector<Recording> tampered = all;
        const auto it =
            std::find_if(tampered.begin(), tampered.end(), [&](const Recording& r) { return r.file == file; });
        ASSERT_NE(it, tampered.end()) << file;
        std::string text = boost::json::serialize(it->body);
        ASSERT_NE(text.find(from), std::string::npos) << file;
        text.replace(text.find(from), from.size(), to);
        it->body = json::parse(text).value();
        const Report report = replay_odoo(tampered);
        const auto seen = std::find_if(report.outcomes.begin(), report.outcomes.end(),
                                       [&](const Outcome& o) { return o.file == file; });
        EXPECT_EQ(seen->verdict, Verdict::kMismatch) << file;
    }
}

}  // namespace
}  // namespace syncline::conformance
