// Which lane a thread's calls wait in, for one client. A thread that never said is interactive.
#pragma once

#include <map>
#include <memory>

#include "plane/budget.hpp"

namespace syncline::plane::detail {

// Safe from many threads: what a thread says is kept by that thread. It is forgotten with the thread or the client,
// whichever ends first.
class Lanes {
public:
    void use(Lane lane) {
        auto& mine = of_thread();
        std::erase_if(mine, [](const auto& entry) { return entry.first.expired(); });
        mine[identity_] = lane;
    }
    Lane current() const {
        const auto& mine = of_thread();
        const auto found = mine.find(identity_);
        return found == mine.end() ? Lane::kInteractive : found->second;
    }

private:
    // A weak pointer and not an address: a later client at the same address must not inherit the lane.
    using Mine = std::map<std::weak_ptr<const char>, Lane, std::owner_less<>>;
    static Mine& of_thread() {
        thread_local Mine mine;
        return mine;
    }
    std::shared_ptr<const char> identity_ = std::make_shared<const char>('\0');
};

}  // namespace syncline::plane::detail
