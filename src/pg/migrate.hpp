// Numbered SQL files from schema/, embedded in the program, applied once each and in order.
#pragma once

#include <span>
#include <string_view>

#include "pg/database.hpp"

namespace syncline::pg {

struct Migration {
    int number;             // from the file's name, "0001_name.sql"
    std::string_view name;  // "0001_name"
    std::string_view sql;
};

// The files of schema/, made by the build.
std::span<const Migration> embedded_migrations();

struct MigrationReport {
    int from = 0;     // the store's version before
    int to = 0;       // and after
    int applied = 0;  // how many were run
};

// Safe to run from several processes at once. kStoreNewer when the store knows a number that `migrations` does not;
// kStore naming the file when one fails (it is rolled back), when an applied file was changed since, or when a file
// comes before one that was applied already.
Result<MigrationReport> migrate(Database& database, std::span<const Migration> migrations);
Result<MigrationReport> pending(Database& database,
                                std::span<const Migration> migrations);  // changes nothing; `applied` would be run

}  // namespace syncline::pg
