#include "app/store.hpp"

#include "app/config.hpp"
#include "vault/secret.hpp"

namespace syncline::app {

namespace {

constexpr int kConnectionsMax = 8;

pg::EmbeddedOptions embedded_in(const std::string& home) {
    pg::EmbeddedOptions options;
    options.folder = home;
    return options;
}

// A DSN that stands elsewhere, because it holds a password.
Result<std::string> resolved(const std::string& dsn) {
    if (!dsn.starts_with("env:") && !dsn.starts_with("file:")) {
        TRY(check_dsn(dsn));
        return dsn;
    }
    return TRY(vault::resolve(TRY(vault::parse_secret_ref(dsn)))).reveal();
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::string& home, const std::string& dsn) {
    std::unique_ptr<Store> store(new Store());
    store->home_ = home;
    store->dsn_ = dsn;
    if (dsn.empty()) {
        store->server_ = TRY(pg::start_embedded(embedded_in(home)));
        store->connection_ = store->server_->dsn();
    } else {
        store->connection_ = TRY(resolved(dsn));
    }
    store->database_ = TRY(pg::open_database({store->connection_, kConnectionsMax}));
    return store;
}

Result<pg::MigrationReport> Store::migrate() { return pg::migrate(*database_, pg::embedded_migrations()); }

Result<void> Store::revive() {
    if (!is_private()) return ok();
    std::unique_ptr<pg::EmbeddedServer> server = TRY(pg::start_embedded(embedded_in(home_)));
    // One that is still ours keeps its guard; the socket is the same, so the pool finds it.
    if (server->started_here() || !server_) server_ = std::move(server);
    return ok();
}

}  // namespace syncline::app
