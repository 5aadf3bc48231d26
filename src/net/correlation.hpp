// A name that a thread's requests carry, for one client: from what caused them to the peer's own log.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "net/http.hpp"

namespace syncline::net {

inline constexpr std::string_view kCorrelationHeader = "X-Correlation-Id";

// Safe from many threads: what a thread says is kept by that thread. It is forgotten with the thread or the client,
// whichever ends first.
class Correlation {
public:
    // From now on; "" = none.
    void use(std::string id) {
        auto& mine = of_thread();
        std::erase_if(mine, [](const auto& entry) { return entry.first.expired(); });
        if (id.empty()) {
            mine.erase(identity_);
        } else {
            mine[identity_] = std::move(id);
        }
    }
    void mark(HttpRequest& request) const {
        const auto& mine = of_thread();
        const auto found = mine.find(identity_);
        if (found != mine.end()) request.headers.set(kCorrelationHeader, found->second);
    }

private:
    // A weak pointer and not an address: a later client at the same address must not inherit the name.
    using Mine = std::map<std::weak_ptr<const char>, std::string, std::owner_less<>>;
    static Mine& of_thread() {
        thread_local Mine mine;
        return mine;
    }
    std::shared_ptr<const char> identity_ = std::make_shared<const char>('\0');
};

}  // namespace syncline::net
