// Other processes, and what a process weighs. Linux only (/proc).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::bench {

// A copy of this program that runs `body` and dies with it, or with us; ended when this object goes. Make one before
// this process has threads. `body` gets a descriptor: what it writes there until the first newline is first_line().
class ForkedChild {
public:
    explicit ForkedChild(const std::function<void(int)>& body);
    ~ForkedChild();
    ForkedChild(const ForkedChild&) = delete;
    ForkedChild& operator=(const ForkedChild&) = delete;
    // Waits for it. kInternal when the child died before.
    Result<std::string> first_line();

private:
    pid_t pid_ = -1;
    int read_ = -1;
};

// A program that runs until this object goes (SIGTERM, and SIGKILL after ten seconds). Its output goes to `log`.
class Program {
public:
    Program(const std::vector<std::string>& arguments, const std::string& log);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    pid_t pid() const { return pid_; }
    bool running();
    int wait();  // its exit code; -1 when a signal ended it
    void stop();

private:
    pid_t pid_ = -1;
    int status_ = 0;
};

inline constexpr double kMegabyte = 1024.0 * 1024.0;
std::int64_t rss_bytes(pid_t pid);       // resident now; 0 when it is gone
std::int64_t peak_rss_bytes(pid_t pid);  // the most it ever was
// Proportional: what processes share is counted once among them. Over the process and all below it.
std::int64_t tree_pss_bytes(pid_t pid);

}  // namespace syncline::bench
