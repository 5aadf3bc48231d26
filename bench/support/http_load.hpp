// A client that costs little: one thread, plain sockets, requests that are ready to be sent.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::bench {

struct Load {
    double per_second = 0;
    std::vector<double> milliseconds;  // from a request's first byte to its answer's last, of each
};

// Keeps `connections` busy for `seconds`: each sends its next request when it has its answer. `next` gives the bytes of
// one request. What happens in the first `warm_up_seconds` is not counted. kInternal when any answer is not a 200.
Result<Load> http_load(int port, int connections, double warm_up_seconds, double seconds,
                       const std::function<const std::string&()>& next);

// Connections that have done one request each and then say nothing.
class IdleConnections {
public:
    static Result<IdleConnections> open(int port, int count, const std::string& request);
    IdleConnections(IdleConnections&&) = default;
    ~IdleConnections();
    std::size_t still_open() const;

private:
    IdleConnections() = default;
    std::vector<int> sockets_;
};

}  // namespace syncline::bench
