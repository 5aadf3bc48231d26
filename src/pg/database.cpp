#include "pg/database.hpp"

#include <algorithm>

#include "pg/detail/pool.hpp"

namespace syncline::pg {
namespace {

constexpr int kConnectionsLimit = 256;

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

class OpenTransaction final : public Transaction {
public:
    explicit OpenTransaction(Connection& connection) : connection_(connection) {}
    ~OpenTransaction() override {
        if (!ended_) connection_.rollback();  // the body failed or threw
    }
    OpenTransaction(const OpenTransaction&) = delete;
    OpenTransaction& operator=(const OpenTransaction&) = delete;

    Result<Rows> exec(std::string_view sql, const Params& params) override { return connection_.exec(sql, params); }
    Result<std::int64_t> copy_in(std::string_view table_and_columns, const std::vector<Params>& rows) override {
        return connection_.copy_in(table_and_columns, rows);
    }
    Result<void> commit() {
        ended_ = true;
        return connection_.commit();
    }

private:
    Connection& connection_;
    bool ended_ = false;
};

class PooledDatabase final : public Database {
public:
    explicit PooledDatabase(DatabaseOptions options)
        : pool_(std::move(options.dsn), options.connections_max, options.idle_max) {}

    Result<void> run(std::string_view org, const std::function<Result<void>(Transaction&)>& body) override {
        if (!is_uuid(org)) return make_error(Errc::kInvalid, "an org is named by a lower-case UUID");
        return transaction(org, body);
    }

    Result<void> run_as_owner(const std::function<Result<void>(Transaction&)>& body) override {
        return transaction({}, body);
    }

    Result<void> connect_once() {
        TRY(pool_.take());
        return {};
    }

private:
    Result<void> transaction(std::string_view org, const std::function<Result<void>(Transaction&)>& body) {
        Pool::Lease lease = TRY(begun(org));
        OpenTransaction open(*lease);
        TRY(body(open));
        return open.commit();
    }

    // A pooled session may have died with a server that is back by now: nothing was done yet, so try a new one.
    Result<Pool::Lease> begun(std::string_view org) {
        {
            Pool::Lease lease = TRY(pool_.take());
            const Result<void> opened = lease->begin(org);
            if (opened) return lease;
            if (opened.error().code != Errc::kUnreachable || lease.fresh()) return opened.error();
        }
        pool_.drop_idle();
        Pool::Lease lease = TRY(pool_.take());
        TRY(lease->begin(org));
        return lease;
    }

    Pool pool_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_database(DatabaseOptions options) {
    options.connections_max = std::clamp(options.connections_max, 1, kConnectionsLimit);
    auto database = std::make_unique<PooledDatabase>(std::move(options));
    TRY(database->connect_once());
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace syncline::pg
