#include "support/installation.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "net/curl_client.hpp"
#include "pg/migrate.hpp"

namespace syncline::bench {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
    std::string pattern = fs::temp_directory_path() / "syncline-bench-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
    fs::permissions(path_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
}

ScratchFolder::~ScratchFolder() {
    std::error_code failure;
    fs::remove_all(path_, failure);
}

Result<profile::Profile> delivery_profile() {
    const std::string path = std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml";
    std::ifstream file(path);
    if (!file) return make_error(Errc::kNotFound, path + " cannot be read");
    return profile::load(std::string(std::istreambuf_iterator<char>(file), {}), "delivery.toml");
}

Result<std::unique_ptr<pg::EmbeddedServer>> start_postgres(const std::string& home) {
    return pg::start_embedded({.folder = home, .bin_folder = {}, .fallback_folder = home, .settings = {}});
}

Result<std::unique_ptr<Installation>> Installation::open(const std::string& home, odoo::Settings odoo,
                                                         plane::Settings plane) {
    std::unique_ptr<Installation> made(new Installation);
    made->postgres_ = TRY(start_postgres(home));
    made->store_ = TRY(pg::open_database({.dsn = made->postgres_->dsn()}));
    TRY(pg::migrate(*made->store_, pg::embedded_migrations()));
    made->http_ = net::make_curl_client();
    made->odoo_ = std::make_unique<odoo::Client>(*made->http_, made->clock_, made->random_, std::move(odoo));
    made->plane_ = std::make_unique<plane::Client>(*made->http_, made->clock_, made->random_, std::move(plane));
    made->profile_ = std::make_unique<profile::Profile>(TRY(delivery_profile()));
    sync::Settings settings;
    settings.scope.profile = made->profile_->name;
    made->engine_ = std::make_unique<sync::Engine>(sync::Context{*made->store_,
                                                                 *made->odoo_,
                                                                 *made->plane_,
                                                                 made->clock_,
                                                                 made->random_,
                                                                 *made->profile_,
                                                                 std::move(settings),
                                                                 {}});
    return made;
}

Result<pg::Rows> Installation::query(std::string_view sql, const pg::Params& params) {
    return store_->transact(access::default_org().text(), [&](pg::Transaction& tx) { return tx.exec(sql, params); });
}

Result<std::vector<Installation::TaskLink>> Installation::task_links() {
    const pg::Rows rows =
        TRY(query("select l.odoo_id, p.plane_id as project, l.plane_id as item from sync.links l "
                  "join sync.links p on p.profile = l.profile and p.link = l.container "
                  "where l.entity = 'task' and l.status = 'active' order by l.odoo_id"));
    std::vector<TaskLink> links;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        links.push_back({rows.integer(row, "odoo_id"), std::string(rows.text(row, "project")),
                         std::string(rows.text(row, "item"))});
    }
    return links;
}

}  // namespace syncline::bench
