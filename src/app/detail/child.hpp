// This program again, as a child: the simulated peers of the demo.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::app::detail {

// Dies with the thread that started it, whatever happens to that; in a session of its own, so that Ctrl-C on the
// terminal is for the parent, who stops it in order.
class Child {
public:
    // Runs /proc/self/exe with `arguments` and waits for its first line of output. kInternal with what it said when it
    // ends first.
    static Result<std::unique_ptr<Child>> start(const std::vector<std::string>& arguments);
    ~Child();  // stops it
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    const std::string& first_line() const { return first_line_; }
    pid_t pid() const { return pid_; }

private:
    Child(pid_t pid, std::string first_line) : pid_(pid), first_line_(std::move(first_line)) {}
    pid_t pid_;
    std::string first_line_;
};

}  // namespace syncline::app::detail
