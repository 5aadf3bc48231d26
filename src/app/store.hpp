// The store as the program opens it: a private PostgreSQL in the home folder, or the one that the settings name.
#pragma once

#include <memory>
#include <string>

#include "pg/database.hpp"
#include "pg/embedded.hpp"
#include "pg/migrate.hpp"

namespace syncline::app {

// One thread at a time; the database it gives is safe from many.
class Store {
public:
    // `dsn`: a DSN, "env:NAME" or "file:/path"; "" = private. Call from the main thread, which must live as long.
    static Result<std::unique_ptr<Store>> open(const std::string& home, const std::string& dsn);

    pg::Database& database() { return *database_; }
    // For a connection beside the pool (LISTEN). May hold a password: not for people.
    const std::string& connection() const { return connection_; }
    bool is_private() const { return dsn_.empty(); }
    bool started_here() const { return server_ && server_->started_here(); }
    // Runs what is missing. kStoreNewer when the store is ahead of this program.
    Result<pg::MigrationReport> migrate();
    // After kUnreachable: the private server may have been stopped by the program that started it. Starts it again.
    Result<void> revive();

private:
    Store() = default;
    std::string home_;
    std::string dsn_;
    std::string connection_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    std::unique_ptr<pg::Database> database_;
};

}  // namespace syncline::app
