#include "app/detail/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

namespace syncline::app::detail {

namespace {

constexpr std::size_t kLineBytesMax = 4096;
constexpr std::chrono::milliseconds kStopLimit{5'000};
constexpr std::chrono::milliseconds kPollEvery{5};

// Between fork and exec: async-signal-safe calls only.
[[noreturn]] void run_child(char* const* arguments, int out, pid_t parent) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(127);
    for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGPIPE}) signal(number, SIG_DFL);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    close_range(3, ~0U, 0);
    execv("/proc/self/exe", arguments);
    _exit(127);
}

std::string read_line(int file) {
    std::string line;
    char c = 0;
    while (line.size() < kLineBytesMax) {
        const ssize_t got = read(file, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        line += c;
    }
    return line;
}

}  // namespace

Result<std::unique_ptr<Child>> Child::start(const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {"syncline"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::array<int, 2> out{};
    if (pipe2(out.data(), O_CLOEXEC) != 0) return make_error(Errc::kInternal, "cannot make a pipe");
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) run_child(argv.data(), out[1], parent);
    close(out[1]);
    std::string line = pid > 0 ? read_line(out[0]) : std::string();
    close(out[0]);
    if (pid < 0) return make_error(Errc::kInternal, std::string("cannot fork: ") + std::strerror(errno));
    std::unique_ptr<Child> child(new Child(pid, std::move(line)));
    if (child->first_line_.empty()) {
        return make_error(Errc::kInternal, "the simulated peer did not start (" + arguments.front() + ")");
    }
    return child;
}

Child::~Child() {
    kill(pid_, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + kStopLimit;
    while (waitpid(pid_, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() >= deadline) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(kPollEvery);
    }
}

}  // namespace syncline::app::detail
