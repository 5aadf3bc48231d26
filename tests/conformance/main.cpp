// conformance --recordings DIR | --odoo DIR | --plane DIR
// Replays recorded traffic against the simulated peers and prints how many answers agree.
#include <fmt/core.h>

#include <string_view>

#include "replay.hpp"

namespace {

using namespace syncline::conformance;

// One folder may hold both forms, or a folder for each.
std::vector<Recording> gather(const std::filesystem::path& folder) {
    std::vector<Recording> all = load_recordings(folder);
    for (const char* below : {"odoo", "plane"}) {
        for (Recording& recording : load_recordings(folder / below)) all.push_back(std::move(recording));
    }
    return all;
}

[[maybe_unused]] std::vector<Recording> only(const std::vector<Recording>& all, Peer peer) {
    std::vector<Recording> chosen;
    for (const Recording& recording : all) {
        if (recording.peer == peer) chosen.push_back(recording);
    }
    return chosen;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<Recording> recordings;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option != "--recordings" && option != "--odoo" && option != "--plane") {
            fmt::print(stderr, "usage: {} --recordings DIR | --odoo DIR | --plane DIR\n", argv[0]);
            return 2;
        }
        for (Recording& recording : option == "--recordings" ? gather(argv[i + 1]) : load_recordings(argv[i + 1])) {
            recordings.push_back(std::move(recording));
        }
    }
    if (recordings.empty()) {
        fmt::print(stderr, "no recordings found; usage: {} --recordings DIR | --odoo DIR | --plane DIR\n", argv[0]);
        return 2;
    }
    bool good = true;
#ifdef CONFORMANCE_ODOO
    if (const auto odoo = only(recordings, Peer::kOdoo); !odoo.empty()) {
        const Report report = replay_odoo(odoo);
        print(report, stdout);
        good = good && report.share() >= 0.95;
    }
#endif
#ifdef CONFORMANCE_PLANE
    if (const auto plane = only(recordings, Peer::kPlane); !plane.empty()) {
        const Report report = replay_plane(plane);
        print(report, stdout);
        good = good && report.share() >= 0.95;
    }
#endif
    return good ? 0 : 1;
}
