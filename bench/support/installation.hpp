// A whole installation as the product has it: a private PostgreSQL with its usual, durable settings, clients over real
// HTTP, the delivery profile, the engine. All in this process, but for the PostgreSQL.
#pragma once

#include <memory>
#include <string>

#include "net/http.hpp"
#include "pg/database.hpp"
#include "pg/embedded.hpp"
#include "sync/engine.hpp"

namespace syncline::bench {

// A folder that goes with the object. Anybody may pass through it: the server runs as another user.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

Result<profile::Profile> delivery_profile();
// The private server of a home folder.
Result<std::unique_ptr<pg::EmbeddedServer>> start_postgres(const std::string& home);

class Installation {
public:
    // Makes the store in `home` when it is not there yet.
    static Result<std::unique_ptr<Installation>> open(const std::string& home, odoo::Settings odoo,
                                                      plane::Settings plane);

    sync::Engine& engine() { return *engine_; }
    odoo::Client& odoo() { return *odoo_; }
    plane::Client& plane() { return *plane_; }
    Result<pg::Rows> query(std::string_view sql, const pg::Params& params = {});
    // Every living task that is linked: Odoo id, Plane project, Plane item.
    struct TaskLink {
        std::int64_t task = 0;
        std::string project;
        std::string item;
    };
    Result<std::vector<TaskLink>> task_links();

private:
    Installation() = default;

    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<pg::EmbeddedServer> postgres_;
    std::unique_ptr<pg::Database> store_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<odoo::Client> odoo_;
    std::unique_ptr<plane::Client> plane_;
    std::unique_ptr<profile::Profile> profile_;
    std::unique_ptr<sync::Engine> engine_;
};

}  // namespace syncline::bench
