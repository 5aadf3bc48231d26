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

// What a home is made of. Anything else in the folder is not ours and stays.
constexpr const char* kParts[] = {"pg",       "pg.lock",   "pg.location", "syncline.toml", "syncline.toml.new",
                                  "odoo.key", "plane.key", "people.json", "vault.key"};

bool holds_a_home(const std::string& folder) {
    std::error_code failure;
    for (const char* part : kParts) {
        if (fs::exists(folder + "/" + part, failure)) return true;
    }
    return false;
}

}  // namespace

Result<DemoHome> DemoHome::make_anew(const std::string& folder) {
    const std::string marker = folder + "/" + kMarker;
    if (!fs::exists(marker) && holds_a_home(folder)) {
        return make_error(Errc::kInvalid, folder + " is a home that no demo made",
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
    for (const char* part : kParts) {
        std::error_code failure;
        fs::remove_all(folder + "/" + part, failure);
        if (failure) {
            return make_error(Errc::kInvalid, "cannot remove " + folder + "/" + part + ": " + failure.message());
        }
    }
    return DemoHome(folder, lock);
}

DemoHome::~DemoHome() {
    if (lock_ >= 0) close(lock_);
}

}  // namespace syncline::app::detail
