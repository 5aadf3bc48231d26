// A private PostgreSQL in a temporary folder, for what is thrown away: nothing in it survives a crash of the machine.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "pg/embedded.hpp"

namespace syncline::app::detail {

// The server and its folder go with the object. Make it on the main thread.
class ScratchStore {
public:
    static Result<std::unique_ptr<ScratchStore>> make();
    ~ScratchStore();
    ScratchStore(const ScratchStore&) = delete;
    ScratchStore& operator=(const ScratchStore&) = delete;

    // The DSN of one more database with all migrations.
    Result<std::string> new_database();

private:
    explicit ScratchStore(std::string folder) : folder_(std::move(folder)) {}
    std::string folder_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    int databases_ = 0;
};

}  // namespace syncline::app::detail
