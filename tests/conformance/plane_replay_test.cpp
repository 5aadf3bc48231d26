// The simulated Plane answers as the real one did, in order and out of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"
#include "replay.hpp"

namespace syncline::conformance {
namespace {

std::vector<Recording> recorded() {
    return load_recordings(std::filesystem::path(SYNCLINE_SOURCE_DIR) / "tests/recordings/plane");
}

std::string problems(const Report& report) {
    std::string out;
    for (const Outcome& each : report.outcomes) {
        if (each.verdict == Verdict::kMismatch) out += each.file + ": " + each.detail + "\n";
    }
    return out;
}

TEST(PlaneConformance, TheWholeStory) {
    const Report report = replay_plane(recorded());
    EXPECT_GE(report.concerned(), 270);
    EXPECT_GE(report.share(), 0.98) << problems(report);
}

// A part of the story, as far as it can be judged on its own: every step misses others that it rests on.
TEST(PlaneConformance, PartsOfTheStory) {
    const std::vector<Recording> all = recorded();
    for (const std::size_t part : {2U, 3U, 5U}) {
        for (std::size_t shift = 0; shift < part; ++shift) {
            std::vector<Recording> some;
            for (std::size_t i = shift; i < all.size(); i += part) some.push_back(all[i]);
            const Report report = replay_plane(some);
            EXPECT_GE(report.share(), 0.9) << part << "/" << shift << "\n" << problems(report);
        }
    }
}

TEST(PlaneConformance, EachOnItsOwn) {
    int matched = 0;
    int concerned = 0;
    std::string wrong;
    for (const Recording& recording : recorded()) {
        const Report report = replay_plane({recording});
        matched += report.matched();
        concerned += report.concerned();
        wrong += problems(report);
    }
    EXPECT_GE(matched, concerned * 95 / 100) << matched << " of " << concerned << "\n" << wrong;
}

// It must be able to say no: an answer that was tampered with does not match.
TEST(PlaneConformance, FalseRecordingsAreFound) {
    std::vector<Recording> all = recorded();
    int tampered = 0;
    for (Recording& recording : all) {
        if (!recording.body.is_object() || !recording.request_body.is_object()) continue;
        json::Object& body = recording.body.get_object();
        // The very thing that was asked for came back as something else; a refusal spoke other words.
        if (recording.status == 200 && recording.request_body.get_object().contains("priority"))
            body["priority"] = "none";
        else if (recording.status == 400 && body.contains("name"))
            body["name"] = json::Array{"Please give a name."};
        else if (recording.status == 409 && body.contains("error"))
            body["error"] = "taken";
        else
            continue;
        ++tampered;
    }
    ASSERT_GT(tampered, 10);
    const Report report = replay_plane(all);
    EXPECT_LE(report.matched(), report.concerned() - tampered);
}

}  // namespace
}  // namespace syncline::conformance
