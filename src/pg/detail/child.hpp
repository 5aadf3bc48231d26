// Programs started by this one: with another user, a clean environment, and bound to our life.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::pg {

// Whom a child runs as. `change` is false when we are not root: then it runs as we do.
struct Identity {
    uid_t uid = 0;
    gid_t gid = 0;
    bool change = false;
};

struct ChildSpec {
    std::vector<std::string> arguments;  // the first is the program's full path
    Identity identity;
    std::string log_path;  // stdout and stderr are appended there, opened as the child's user
    int death_signal = 0;  // sent to the child when the thread that started it ends; 0: none
};

// kStore saying which step failed (becoming the user, opening the log, running the program).
Result<pid_t> start_child(const ChildSpec& spec);

// The exit status as of waitpid(), or nothing when it still runs after `limit`. A child that somebody else has reaped
// counts as ended with status 0.
std::optional<int> wait_child(pid_t pid, std::chrono::milliseconds limit);

// Whether `identity` may enter the folder (asked of the kernel, by a child that became it).
bool can_enter(const Identity& identity, const std::string& folder);

}  // namespace syncline::pg
