#include "pg/detail/cluster_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

namespace syncline::pg {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLockPollEvery{5};
constexpr std::uintmax_t kLogBytesMax = 4 << 20;
constexpr std::uintmax_t kLogEndBytes = 2000;

}  // namespace

Result<ClusterLock> ClusterLock::take(const std::string& path, std::chrono::milliseconds limit) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return make_error(Errc::kStore, "cannot open " + path + ": " + std::strerror(errno));
    ClusterLock lock(file);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= deadline) {
            return make_error(Errc::kStore, "another program holds " + path, "see what it waits for, or stop it");
        }
        std::this_thread::sleep_for(kLockPollEvery);
    }
    return lock;
}

ClusterLock::~ClusterLock() {
    if (file_ >= 0) close(file_);
}

bool server_lives(const std::string& data) {
    std::error_code failure;
    const fs::path wanted = fs::canonical(data, failure);  // the server goes to the real path
    for (const auto& entry : fs::directory_iterator("/proc", failure)) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        std::error_code unreadable;  // it ended meanwhile, or belongs to somebody who is not our server
        if (fs::read_symlink(entry.path() / "cwd", unreadable) == wanted && !unreadable) return true;
    }
    return false;
}

std::uintmax_t log_size(const std::string& path) {
    std::error_code absent;
    const std::uintmax_t size = fs::file_size(path, absent);
    return absent ? 0 : size;
}

void turn_log(const std::string& path) {
    if (log_size(path) <= kLogBytesMax) return;
    std::error_code failure;  // then it goes on growing, and the next start tries again
    fs::rename(path, path + ".1", failure);
}

std::string log_end(const std::string& path, std::uintmax_t offset) {
    const std::uintmax_t size = log_size(path);
    if (size > kLogEndBytes) offset = std::max(offset, size - kLogEndBytes);
    std::ifstream file(path);
    file.seekg(static_cast<std::streamoff>(offset));
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace syncline::pg
