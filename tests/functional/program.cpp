#include "tests/functional/program.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "net/free_port.hpp"

namespace syncline::testing {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct Pipes {
    int in[2];
    int out[2];
    int error[2];
};

[[noreturn]] void become(const Arguments& arguments, const Arguments& environment, const Pipes& pipes,
                         bool keep_error) {
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(pipes.in[0], 0);
    dup2(pipes.out[1], 1);
    if (!keep_error) dup2(pipes.error[1], 2);
    close_range(3, ~0U, 0);
    for (const std::string& assignment : environment) putenv(const_cast<char*>(assignment.c_str()));
    std::vector<char*> argv = {const_cast<char*>(SYNCLINE_BINARY)};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(SYNCLINE_BINARY, argv.data());
    _exit(127);
}

pid_t start(const Arguments& arguments, const Arguments& environment, Pipes& pipes, bool keep_error) {
    if (pipe2(pipes.in, O_CLOEXEC) != 0 || pipe2(pipes.out, O_CLOEXEC) != 0 || pipe2(pipes.error, O_CLOEXEC) != 0)
        abort();
    const pid_t pid = fork();
    if (pid == 0) become(arguments, environment, pipes, keep_error);
    close(pipes.in[0]);
    close(pipes.out[1]);
    close(pipes.error[1]);
    return pid;
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

// Reads both streams until they end or the limit passes.
void drain(const Pipes& pipes, Ran& ran, Clock::time_point deadline) {
    pollfd files[] = {{pipes.out[0], POLLIN, 0}, {pipes.error[0], POLLIN, 0}};
    std::string* targets[] = {&ran.out, &ran.error};
    int open_files = 2;
    while (open_files > 0 && Clock::now() < deadline) {
        (void)poll(files, 2, 200);
        for (int i = 0; i < 2; ++i) {
            if (files[i].fd < 0 || files[i].revents == 0) continue;
            char buffer[65536];
            const ssize_t got = read(files[i].fd, buffer, sizeof buffer);
            if (got > 0) targets[i]->append(buffer, static_cast<std::size_t>(got));
            if (got <= 0) files[i].fd = -1, --open_files;
        }
    }
}

}  // namespace

json::Value Ran::json() const {
    Result<json::Value> value = json::parse(out);
    if (value) return *value;
    ADD_FAILURE() << "not JSON (exit " << exit_code << "): " << out << "\n" << error;
    return {};
}

std::string Ran::last_line() const {
    std::istringstream lines(out);
    std::string line;
    std::string last;
    while (std::getline(lines, line)) last = line;
    return last;
}

Ran run(const Arguments& arguments, const std::string& input, const Arguments& environment) {
    Pipes pipes{};
    const pid_t pid = start(arguments, environment, pipes, false);
    if (!input.empty()) (void)!write(pipes.in[1], input.data(), input.size());
    close(pipes.in[1]);
    Ran ran;
    const Clock::time_point deadline = Clock::now() + kRunLimit;
    drain(pipes, ran, deadline);
    if (Clock::now() >= deadline) kill(pid, SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    close(pipes.out[0]);
    close(pipes.error[0]);
    ran.exit_code = exit_code_of(status);
    return ran;
}

Running::Running(const Arguments& arguments) {
    Pipes pipes{};
    pid_ = start(arguments, {}, pipes, true);
    close(pipes.in[1]);
    close(pipes.error[0]);
    out_ = pipes.out[0];
}

Running::~Running() {
    if (pid_ > 0) {
        kill(pid_, SIGTERM);
        wait(std::chrono::seconds(20));
    }
    close(out_);
}

bool Running::read_some(std::chrono::milliseconds limit) {
    pollfd file{out_, POLLIN, 0};
    if (poll(&file, 1, static_cast<int>(limit.count())) <= 0) return true;
    char buffer[65536];
    const ssize_t got = read(out_, buffer, sizeof buffer);
    if (got > 0) output_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
}

std::string Running::wait_for(const std::string& part, std::chrono::seconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    bool more = true;
    while (true) {
        for (std::size_t end = output_.find('\n', seen_); end != std::string::npos; end = output_.find('\n', seen_)) {
            const std::string line = output_.substr(seen_, end - seen_);
            seen_ = end + 1;
            if (line.find(part) != std::string::npos) return line;
        }
        if (!more || Clock::now() >= deadline) return {};
        more = read_some(std::chrono::milliseconds(200));
    }
}

void Running::signal(int number) { kill(pid_, number); }

bool Running::ended() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_;
}

int Running::wait(std::chrono::seconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    int status = 0;
    while (waitpid(pid_, &status, WNOHANG) == 0) {
        if (Clock::now() >= deadline) kill(pid_, SIGKILL);
        (void)read_some(std::chrono::milliseconds(10));
    }
    pid_ = -1;
    return exit_code_of(status);
}

Folder::Folder() {
    std::string pattern = "/tmp/syncline-functional-XXXXXX";
    path_ = mkdtemp(pattern.data());
    chmod(path_.c_str(), 0755);
}

Folder::~Folder() {
    std::error_code failure;
    fs::remove_all(path_, failure);
}

std::string Folder::file(const std::string& name, const std::string& text) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path) << text;
    chmod(path.c_str(), 0600);
    return path;
}

std::vector<std::string> processes_mentioning(const std::string& text) {
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
        const std::string pid = entry.path().filename();
        if (pid.find_first_not_of("0123456789") != std::string::npos || pid == std::to_string(getpid())) continue;
        std::ifstream file(entry.path() / "cmdline", std::ios::binary);
        std::stringstream line;
        line << file.rdbuf();
        if (line.str().find(text) != std::string::npos) found.push_back(line.str());
    }
    return found;
}

std::vector<std::string> processes_left(const std::string& text) {
    const Clock::time_point deadline = Clock::now() + kRunLimit;
    std::vector<std::string> left = processes_mentioning(text);
    while (!left.empty() && Clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        left = processes_mentioning(text);
    }
    return left;
}

World::World(const std::string& odoo_key, const std::string& plane_key, int tasks, std::string store_dsn)
    : home(folder.path() + "/home"),
      store(std::move(store_dsn)),
      odoo_key_file(folder.file("odoo.key", odoo_key + "\n")),
      plane_key_file(folder.file("plane.key", plane_key + "\n")),
      hook_secret_file(folder.file("hook.secret", "plane_wh_secret_of_a_test\n")),
      hook_port(net::free_port().value()) {
    odoo = std::make_unique<Running>(Arguments{"sim", "odoo", "--projects", "2", "--milestones", "3", "--tasks",
                                               std::to_string(tasks), "--key-file", odoo_key_file});
    plane = std::make_unique<Running>(Arguments{"sim", "plane", "--key-file", plane_key_file, "--webhook",
                                                "http://127.0.0.1:" + std::to_string(hook_port) + "/hooks/plane/main",
                                                "--webhook-secret-file", hook_secret_file});
    const std::string listening = "listening on ";
    odoo_url = odoo->wait_for(listening);
    plane_url = plane->wait_for(listening);
    EXPECT_TRUE(odoo_url.starts_with(listening));
    EXPECT_TRUE(plane_url.starts_with(listening));
    odoo_url.erase(0, listening.size());
    plane_url.erase(0, listening.size());
    const Ran first = syncline({"connect", "odoo", odoo_url, "--key-file", odoo_key_file});
    EXPECT_EQ(first.exit_code, 0) << first.out << first.error;
    const Ran second =
        syncline({"connect", "plane", plane_url + "/acme", "--key-file", plane_key_file, "--calls-per-minute", "0"});
    EXPECT_EQ(second.exit_code, 0) << second.out << second.error;
}

void World::configure(const std::string& toml) const {
    std::ofstream(home + "/syncline.toml", std::ios::app) << "\n" << toml;
}

Ran World::syncline(Arguments arguments, const Arguments& environment) const {
    arguments.push_back("--home");
    arguments.push_back(home);
    if (!store.empty()) {
        arguments.push_back("--store");
        arguments.push_back(store);
    }
    return run(arguments, "", environment);
}

}  // namespace syncline::testing
