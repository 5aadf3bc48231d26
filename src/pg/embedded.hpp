// The private PostgreSQL: a child process with its own data folder, reached by a unix socket only.
//
// First start makes the cluster (about 0.6 s), later ones take some 30 ms. When this program is root the server
// runs as an unprivileged user. When this program dies, by any signal, the server stops cleanly.
// A second program on the same folder uses the running server and leaves it running.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"

namespace syncline::pg {

struct EmbeddedOptions {
    std::string folder;            // the data folder of the product; the cluster goes to FOLDER/pg
    std::string bin_folder;        // "" = found under /usr/lib/postgresql, newest version >= 15
    std::string user = "postgres"; // whom to become when root; falls back to "nobody"
};

class EmbeddedServer {
public:
    virtual ~EmbeddedServer() = default;  // stops what this object started
    virtual const std::string& dsn() const = 0;
    virtual bool started_here() const = 0;  // false: found running
    virtual Result<void> stop() = 0;
};

// kNotConfigured when PostgreSQL is not installed (the hint names the package); kStore with the end of the server's
// log when it does not start.
Result<std::unique_ptr<EmbeddedServer>> start_embedded(EmbeddedOptions options);

}  // namespace syncline::pg
