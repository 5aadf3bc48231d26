// The private PostgreSQL: a child process with its own data folder, reached by a unix socket only.
//
// First start makes the cluster (about 0.6 s), later ones take some 30 ms. When this program is root the server
// runs as an unprivileged user. When this program dies, by any signal, the server stops cleanly.
// A second program on the same folder uses the running server and leaves it running.
//
// Where things are: FOLDER/pg/data (the cluster, mode 0700), FOLDER/pg/server.log, FOLDER/pg/run (the socket; under
// /tmp when that path is too long for one). As root, when the unprivileged user cannot reach FOLDER (say, under /root),
// the cluster lives under `fallback_folder` instead and FOLDER/pg.location says where. FOLDER/pg.lock decides who
// starts it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace syncline::pg {

struct EmbeddedOptions {
    std::string folder;             // the data folder of the product; the cluster goes to FOLDER/pg
    std::string bin_folder;         // "" = found under /usr/lib/postgresql, newest version >= 15
    std::string user = "postgres";  // whom to become when root; falls back to "nobody"
    std::string fallback_folder = "/var/lib/syncline";
    std::vector<std::string> settings;  // more server settings, such as "work_mem=64MB"
};

class EmbeddedServer {
public:
    virtual ~EmbeddedServer() = default;  // stops what this object started
    virtual const std::string& dsn() const = 0;
    virtual bool started_here() const = 0;  // false: found running
    virtual Result<void> stop() = 0;
    // One more database beside the first: with what that one holds, while nobody is connected to it, or empty. Its DSN.
    // `name` is of small letters, digits and "_". For tests and simulations.
    virtual Result<std::string> add_database(const std::string& name, bool empty = false) = 0;
};

// kNotConfigured when PostgreSQL is not installed (the hint names the package); kStore with the end of the server's
// log when it does not start.
// Call it from the main thread: the kernel ties the server's life to the thread that started it, not to the process.
Result<std::unique_ptr<EmbeddedServer>> start_embedded(EmbeddedOptions options);

}  // namespace syncline::pg
