#include "app/detail/demo_home.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "app/home.hpp"
#include "base/text.hpp"

namespace syncline::app::detail {

namespace {

namespace fs = std::filesystem;
constexpr const char* kMarker = ".syncline-demo";
// Where the private store goes when its user cannot reach the home.
constexpr std::string_view kElsewhere = "/var/lib/syncline/";

bool empty_or_absent(const std::string& folder) {
    std::error_code failure;
    return !fs::exists(folder, failure) || fs::is_empty(folder, failure);
}

}  // namespace

Result<DemoHome> DemoHome::make_anew(const std::string& folder) {
    const std::string marker = folder + "/" + kMarker;
    if (!empty_or_absent(folder) && !fs::exists(marker)) {
        return make_error(Errc::kInvalid, folder + " holds something that no demo made",
                          "give the demo a folder of its own with --home");
    }
    TRY(make_folder(folder));
    const int lock = open(marker.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock < 0) return make_error(Errc::kInvalid, "cannot write " + marker, "give another folder with --home");
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        return make_error(Errc::kHeld, "a demo is running in " + folder, "stop it, or give another folder with --home");
    }
    if (const Result<std::string> noted = read_file(folder + "/pg.location"); noted) {
        const std::string elsewhere(trim(*noted));
        std::error_code failure;
        if (elsewhere.starts_with(kElsewhere) && elsewhere.size() > kElsewhere.size())
            fs::remove_all(elsewhere, failure);
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        std::error_code failure;
        if (entry.path().filename() != kMarker) fs::remove_all(entry.path(), failure);
        if (failure)
            return make_error(Errc::kInvalid, "cannot remove " + entry.path().string() + ": " + failure.message());
    }
    return DemoHome(folder, lock);
}

DemoHome::~DemoHome() {
    if (lock_ >= 0) close(lock_);
}

}  // namespace syncline::app::detail
