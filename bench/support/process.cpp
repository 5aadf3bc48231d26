#include "support/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace syncline::bench {

namespace {

constexpr std::chrono::milliseconds kStopPoll{2};
constexpr std::chrono::seconds kStopPatience{10};

// The number after "NAME:" in a file of /proc, in bytes.
std::int64_t kilobytes_field(const std::string& path, const std::string& name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, name.size() + 1, name + ":") != 0) continue;
        return std::strtoll(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
    }
    return 0;
}

std::string proc(pid_t pid, const char* file) { return "/proc/" + std::to_string(pid) + "/" + file; }

pid_t parent_of(pid_t pid) {
    std::ifstream file(proc(pid, "status"));
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, 5, "PPid:") == 0) return pid_t(std::strtol(line.c_str() + 5, nullptr, 10));
    }
    return 0;
}

std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> children;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", failure)) {
        const std::string name = entry.path().filename();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error == std::errc() && end == name.data() + name.size() && parent_of(pid) == parent)
            children.push_back(pid);
    }
    return children;
}

}  // namespace

ForkedChild::ForkedChild(const std::function<void(int)>& body) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        body(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    read_ = ends[0];
}

ForkedChild::~ForkedChild() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    if (read_ >= 0) close(read_);
}

Result<std::string> ForkedChild::first_line() {
    std::string line;
    char byte = 0;
    while (read_ >= 0 && read(read_, &byte, 1) == 1) {
        if (byte == '\n') return line;
        line += byte;
    }
    return make_error(Errc::kInternal, "a child process ended before it was ready");
}

Program::Program(const std::vector<std::string>& arguments, const std::string& log) {
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    pid_ = fork();
    if (pid_ != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) _exit(126);
    execv(pointers[0], pointers.data());
    _exit(127);
}

Program::~Program() { stop(); }

bool Program::running() {
    if (pid_ > 0 && waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

int Program::wait() {
    if (pid_ > 0) waitpid(pid_, &status_, 0);
    pid_ = -1;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

void Program::stop() {
    if (pid_ > 0) kill(pid_, SIGTERM);
    const auto limit = std::chrono::steady_clock::now() + kStopPatience;
    while (running()) {
        if (std::chrono::steady_clock::now() > limit) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(kStopPoll);
    }
}

std::int64_t rss_bytes(pid_t pid) { return kilobytes_field(proc(pid, "status"), "VmRSS"); }

std::int64_t peak_rss_bytes(pid_t pid) { return kilobytes_field(proc(pid, "status"), "VmHWM"); }

std::int64_t tree_pss_bytes(pid_t pid) {
    std::int64_t sum = kilobytes_field(proc(pid, "smaps_rollup"), "Pss");
    for (const pid_t child : children_of(pid)) sum += tree_pss_bytes(child);
    return sum;
}

}  // namespace syncline::bench
