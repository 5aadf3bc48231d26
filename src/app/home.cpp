#include "app/home.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace syncline::app {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kFileBytesMax = 16u << 20;

Error file_error(const std::string& what, const std::string& path) {
    return make_error(Errc::kInvalid, "cannot " + what + " " + path + ": " + std::strerror(errno),
                      "check the folder and its permissions");
}

}  // namespace

Result<std::string> home_folder(const std::string& asked) {
    std::string chosen = asked;
    const char* environment = std::getenv("SYNCLINE_HOME");
    if (chosen.empty() && environment) chosen = environment;
    if (chosen.empty() && geteuid() == 0) chosen = "/var/lib/syncline";
    if (chosen.empty()) {
        const char* user = std::getenv("HOME");
        if (!user || !*user) {
            return make_error(Errc::kNotConfigured, "no home folder: HOME is not set", "give --home DIR");
        }
        chosen = std::string(user) + "/.local/share/syncline";
    }
    std::error_code failure;
    fs::path absolute = fs::absolute(chosen, failure).lexically_normal();
    if (failure) return make_error(Errc::kInvalid, "not a folder: " + chosen);
    if (!absolute.has_filename()) absolute = absolute.parent_path();
    return absolute.string();
}

Result<std::string> read_file(const std::string& path) {
    std::error_code failure;
    if (!fs::exists(path, failure)) return make_error(Errc::kNotFound, "there is no file " + path);
    if (const auto size = fs::file_size(path, failure); !failure && size > kFileBytesMax) {
        return make_error(Errc::kInvalid, path + " is too large");
    }
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (!file) return file_error("read", path);
    return text.str();
}

Result<void> write_file(const std::string& path, std::string_view text, unsigned mode) {
    const std::string fresh = path + ".new";
    const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file < 0) return file_error("write", fresh);
    bool fine = fchmod(file, mode) == 0;
    while (fine && !text.empty()) {
        const ssize_t wrote = write(file, text.data(), text.size());
        fine = wrote >= 0 || errno == EINTR;
        if (wrote > 0) text.remove_prefix(static_cast<std::size_t>(wrote));
    }
    fine = fine && fsync(file) == 0;
    close(file);
    if (!fine || rename(fresh.c_str(), path.c_str()) != 0) return file_error("write", path);
    return ok();
}

Result<void> make_folder(const std::string& path) {
    std::error_code failure;
    fs::create_directories(path, failure);
    if (failure) {
        return make_error(Errc::kInvalid, "cannot make the folder " + path + ": " + failure.message(),
                          "give another one with --home");
    }
    return ok();
}

}  // namespace syncline::app
