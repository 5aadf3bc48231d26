// The front door: a request becomes a durable receipt, or a clear refusal. Answers only after the commit.
//
// Receipts that arrive while one commit runs go into the next one together (group commit without a timer). When a batch
// fails, its receipts are tried one by one, so that one bad row refuses only itself. What cannot be stored is refused
// by closing the connection: that alone makes Plane send it again.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "ingress/receipts.hpp"
#include "net/http_server.hpp"

namespace syncline::ingress {

inline constexpr std::size_t kBodyBytesMax = 1u << 20;   // more: 413
inline constexpr std::size_t kBatchMax = 256;            // receipts in one commit
inline constexpr std::size_t kBatchBytesMax = 8u << 20;  // of their bodies; a receipt that is larger goes alone
inline constexpr std::size_t kWaitingMax = 4096;         // requests waiting for a commit; more: closed

// POST /hooks/SOURCE/NAME. POST /webhook is every endpoint's: whose secret verifies, his it is; headers that name
// another source than his are refused.
struct Endpoint {
    std::string name;
    Source source = Source::kPlane;
    std::vector<vault::Secret> secrets;  // any may have signed; none: everything is refused with KEY_MISSING
};

struct Counters {                // since the start; read at any time
    std::uint64_t accepted = 0;  // new, and stored
    std::uint64_t duplicates = 0;
    std::uint64_t quarantined = 0;  // of the accepted

    std::uint64_t bad_signature = 0, invalid = 0, too_large = 0, unknown_endpoint = 0, key_missing = 0;
    std::uint64_t not_stored = 0;  // closed without an answer
    std::uint64_t commits = 0;
};

// Runs in the transaction that stores them (duplicates left out), for the jobs that they cause. It may run again for
// the same ones after its transaction was rolled back.
using OnStored = std::function<Result<void>(pg::Transaction&, const std::vector<Receipt>&)>;

// Safe from many threads.
class Receiver {
public:
    virtual ~Receiver() = default;  // finishes what was accepted
    // Answers 200 {"receipt", "duplicate"}, 400, 401, 404, 405, 411, 413, 415, 503 KEY_MISSING; throws
    // net::DropConnection when it cannot be stored. Waits for the commit.
    virtual net::HttpResponse receive(const net::HttpRequest& request) = 0;
    // The same without waiting; `answer` is called once, from another thread perhaps; none = close the connection.
    virtual void receive(net::HttpRequest request, std::function<void(std::optional<net::HttpResponse>)> answer) = 0;
    virtual Counters counters() const = 0;
    virtual void set_endpoints(std::vector<Endpoint> endpoints) = 0;
    // For net::ServerOptions::refusal: what the server refuses by itself, in the words of this room, and counted.
    virtual net::HttpResponse refusal(int status) = 0;
};

struct ReceiverOptions {
    access::OrgId org = access::default_org();
    std::vector<Endpoint> endpoints;
    // False: receive() stores in the calling thread, one by one (simulations).
    bool background_commits = true;
};

std::unique_ptr<Receiver> make_receiver(pg::Database& store, Clock& clock, Random& random, ReceiverOptions options,
                                        OnStored on_stored);

}  // namespace syncline::ingress
