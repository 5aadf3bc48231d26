#include "app/detail/scratch_store.hpp"

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "pg/migrate.hpp"

namespace syncline::app::detail {

namespace {

namespace fs = std::filesystem;

// The server's unprivileged user must be able to reach its own part; that part is closed to others.
constexpr mode_t kFolderMode = 0711;

}  // namespace

Result<std::unique_ptr<ScratchStore>> ScratchStore::make() {
    std::string folder = (fs::temp_directory_path() / "syncline-scratch-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) {
        return make_error(Errc::kStore, "cannot make a folder like " + folder, "set TMPDIR to one that can be written");
    }
    std::unique_ptr<ScratchStore> it(new ScratchStore(folder));
    (void)chmod(folder.c_str(), kFolderMode);  // the server's start says what is wrong when this fails
    it->server_ = TRY(pg::start_embedded({.folder = folder,
                                          .bin_folder = {},
                                          .settings = {"fsync=off", "synchronous_commit=off", "full_page_writes=off",
                                                       "autovacuum=off", "max_connections=200"}}));
    const std::unique_ptr<pg::Database> database = TRY(pg::open_database({it->server_->dsn(), 1}));
    TRY(pg::migrate(*database, pg::embedded_migrations()));
    return it;
}

ScratchStore::~ScratchStore() {
    server_.reset();
    std::error_code failure;  // a folder that stays is in the temporary folder, where such things are swept up
    fs::remove_all(folder_, failure);
}

Result<std::string> ScratchStore::new_database() {
    return server_->add_database("scratch_" + std::to_string(++databases_));
}

}  // namespace syncline::app::detail
