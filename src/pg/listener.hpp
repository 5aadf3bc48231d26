// LISTEN: a connection of its own that hears what transactions NOTIFY when they commit.
// A notice is a hint, never the only way that something is found: the connection may have been away.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::pg {

struct Notice {
    std::string channel;
    std::string payload;
};

// One thread waits; wake() is safe from any.
class Listener {
public:
    virtual ~Listener() = default;
    // The notices since the last call, in the order of their commits; empty when the time is over or wake() was called
    // (before or during this call). Reconnects by itself: then `missed()` is true once, and the caller should look for
    // itself. kUnreachable when it cannot for now: call again, it paces itself.
    virtual Result<std::vector<Notice>> wait(std::chrono::milliseconds at_most) = 0;
    virtual bool missed() = 0;
    virtual void wake() = 0;
};

// Connects once, to fail early: kInvalid for a DSN that cannot be read, kUnreachable.
Result<std::unique_ptr<Listener>> listen(const std::string& dsn, const std::vector<std::string>& channels);

}  // namespace syncline::pg
