#include "pg/detail/child.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

namespace syncline::pg {
namespace {

constexpr std::chrono::milliseconds kAnswerPollEvery{2};

enum class Step : int { kUser, kLog, kRun, kParentGone };
struct Failure {
    Step step;
    int number;
};

// Between fork and exec only async-signal-safe calls are allowed: other threads may have held any lock.
bool become(const Identity& identity) {
    if (!identity.change) return true;
    return setgroups(0, nullptr) == 0 && setgid(identity.gid) == 0 && setuid(identity.uid) == 0;
}

void reset_signals() {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2}) {
        signal(number, SIG_DFL);
    }
}

[[noreturn]] void fail_child(int report, Step step) {
    const Failure failure{step, errno};
    (void)!write(report, &failure, sizeof failure);
    _exit(127);
}

[[noreturn]] void run_child(const ChildSpec& spec, char* const* arguments, int report, pid_t parent) {
    // Number 3 closes by itself at exec, which tells the parent that all went well.
    report = dup2(report, 3);
    fcntl(report, F_SETFD, FD_CLOEXEC);
    reset_signals();
    setsid();  // away from our terminal: Ctrl-C there is for us, and we stop the child in order
    if (!become(spec.identity)) fail_child(report, Step::kUser);
    // After setuid: a change of credentials clears it. And the parent may have died before it was set.
    if (spec.death_signal != 0) {
        prctl(PR_SET_PDEATHSIG, spec.death_signal);
        if (getppid() != parent) fail_child(report, Step::kParentGone);
    }
    const int log = open(spec.log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    const int nothing = open("/dev/null", O_RDONLY);
    if (log < 0 || nothing < 0) fail_child(report, Step::kLog);
    dup2(nothing, 0);
    dup2(log, 1);
    dup2(log, 2);
    close_range(4, ~0U, 0);  // none of our sockets and locks may live on in the child
    if (chdir("/") != 0) fail_child(report, Step::kRun);
    static const char* const kEnvironment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", nullptr};
    execve(arguments[0], arguments, const_cast<char* const*>(kEnvironment));
    fail_child(report, Step::kRun);
}

std::string describe(const Failure& failure, const ChildSpec& spec) {
    const std::string why = std::string(": ") + std::strerror(failure.number);
    switch (failure.step) {
        case Step::kUser: return "cannot become uid " + std::to_string(spec.identity.uid) + why;
        case Step::kLog: return "cannot write " + spec.log_path + why;
        case Step::kRun: return "cannot run " + spec.arguments.front() + why;
        case Step::kParentGone: return "this program ended while it started another one";
    }
    return why;
}

}  // namespace

Result<pid_t> start_child(const ChildSpec& spec) {
    std::vector<char*> arguments;
    for (const std::string& argument : spec.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<int, 2> report{};
    if (pipe2(report.data(), O_CLOEXEC) != 0) {
        return make_error(Errc::kStore, std::string("cannot make a pipe: ") + std::strerror(errno));
    }
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) run_child(spec, arguments.data(), report[1], parent);
    close(report[1]);
    Failure failure{};
    const bool failed = child > 0 && read(report[0], &failure, sizeof failure) == sizeof failure;
    close(report[0]);
    if (child < 0) return make_error(Errc::kStore, std::string("cannot fork: ") + std::strerror(errno));
    if (!failed) return child;
    waitpid(child, nullptr, 0);
    return make_error(Errc::kStore, describe(failure, spec));
}

std::optional<int> wait_child(pid_t pid, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        int status = 0;
        const pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid) return status;
        if (ended < 0 && errno == ECHILD && kill(pid, 0) != 0) return 0;
        if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
        std::this_thread::sleep_for(kAnswerPollEvery);
    }
}

bool can_enter(const Identity& identity, const std::string& folder) {
    if (!identity.change) return access(folder.c_str(), X_OK) == 0;
    const pid_t child = fork();
    if (child == 0) _exit(become(identity) && chdir(folder.c_str()) == 0 ? 0 : 1);
    if (child < 0) return false;
    int status = 1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace syncline::pg
