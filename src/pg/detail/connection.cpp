#include "pg/detail/connection.hpp"

#include <array>
#include <cstring>

#include "pg/detail/dsn.hpp"
#include "pg/detail/failure.hpp"
#include "pg/detail/rows_impl.hpp"

namespace syncline::pg {
namespace {

// Text parameters go out as C strings: what follows a zero byte would be lost without a word.
Result<void> check_text(const Param& param) {
    if (param.text() != nullptr && std::memchr(param.text(), 0, param.size()) != nullptr) {
        return make_error(Errc::kInvalid, "a text parameter holds a zero byte, which PostgreSQL text cannot hold",
                          "store such bytes as bytea");
    }
    return {};
}

Result<std::vector<const char*>> pointers(const Params& params) {
    if (params.size() > kParamsMax) {
        return make_error(Errc::kInvalid, "a statement takes at most 65535 parameters", "pass an array");
    }
    std::vector<const char*> values;
    values.reserve(params.size());
    for (const Param& param : params) {
        TRY(check_text(param));
        values.push_back(param.text());
    }
    return values;
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& dsn) {
    TRY(check_dsn(dsn));
    // A later keyword wins over an earlier one; the DSN is expanded where it stands.
    const std::array keys{"connect_timeout", "dbname", "client_encoding", "fallback_application_name",
                          (const char*)nullptr};
    const std::array values{"10", dsn.c_str(), "UTF8", "syncline", (const char*)nullptr};
    std::unique_ptr<Connection> connection(new Connection(PQconnectdbParams(keys.data(), values.data(), 1)));
    TRY(connection->set_up());
    return connection;
}

Result<void> Connection::set_up() {
    PGconn* raw = raw_.get();
    if (PQstatus(raw) != CONNECTION_OK) return unreachable(raw);
    if (PQserverVersion(raw) < kServerVersionMin) {
        return make_error(Errc::kUnsupported, "the store needs PostgreSQL 15 or newer", "upgrade the server");
    }
    PQsetNoticeProcessor(
        raw, [](void*, const char*) {}, nullptr);  // the default prints to stderr
    // The path: names are written in full everywhere, and "$user" would mean the schema of whoever owns the store.
    TRY(
        exec("set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set search_path = public;"
             "set client_min_messages = 'warning'",
             {}));
    return {};
}

bool Connection::idle() const {
    return PQstatus(raw_.get()) == CONNECTION_OK && PQtransactionStatus(raw_.get()) == PQTRANS_IDLE;
}

Result<void> Connection::begin(std::string_view org) {
    if (prepared_stale_ || prepared_.size() >= kPreparedMax) TRY(forget_prepared());
    TRY(exec("begin", {}));
    if (org.empty()) return {};
    // One round trip for both. 'role' by set_config(…, true) is SET LOCAL ROLE.
    Result<Rows> set = exec("select set_config('app.org', $1, true), set_config('role', 'syncline_app', true)", {org});
    if (set) return {};
    Error error = std::move(set).error();
    rollback();
    if (error.detail("sqlstate") == "22023") error.hint = "the store has no role syncline_app yet: run the migrations";
    return error;
}

Result<void> Connection::commit() {
    const PGTransactionStatusType status = PQtransactionStatus(raw_.get());
    if (status == PQTRANS_UNKNOWN) return unreachable(raw_.get());  // gone before COMMIT: nothing is kept
    if (status == PQTRANS_INERROR || status == PQTRANS_ACTIVE) {
        rollback();
        return last_failure_;
    }
    if (status == PQTRANS_IDLE) {
        return make_error(Errc::kInternal, "the body ended its transaction itself",
                          "leave COMMIT and ROLLBACK to run()");
    }
    Result<Rows> done = exec("commit", {});
    if (done) return {};
    if (done.error().code != Errc::kUnreachable) return std::move(done).error();
    return make_error(Errc::kOutcomeUnknown, done.error().message, "the server went away during COMMIT: look first");
}

void Connection::rollback() {
    // A failure here leaves the session not idle; the pool then closes it and the server rolls back by itself.
    if (PQstatus(raw_.get()) == CONNECTION_OK) (void)answer(PQexec(raw_.get(), "rollback"));
}

Result<Rows> Connection::answer(PGresult* result) {
    ResultPtr owned(result);
    switch (PQresultStatus(result)) {
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY: break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            last_failure_ = make_error(Errc::kInvalid, "exec() cannot run COPY", "use copy_in()");
            return last_failure_;  // libpq leaves the COPY state itself at the next statement, the rollback
        default: {
            Error failure = failure_of(raw_.get(), result);
            // 0A000: "cached plan must not change result type"; 26000: the server forgot the statement.
            if (const auto state = failure.detail("sqlstate"); state == "0A000" || state == "26000")
                prepared_stale_ = true;
            last_failure_ = failure;
            return failure;
        }
    }
    Rows rows;
    rows.impl_ = std::make_unique<Rows::Impl>();
    rows.impl_->result = std::move(owned);
    return rows;
}

Result<void> Connection::forget_prepared() {
    TRY(answer(PQexec(raw_.get(), "deallocate all")));
    prepared_.clear();
    prepared_stale_ = false;
    return {};
}

Result<const char*> Connection::prepared(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second.c_str();
    if (prepared_.size() >= kPreparedMax) return static_cast<const char*>(nullptr);
    std::string text(sql);
    std::string name = "s" + std::to_string(++prepared_count_);
    TRY(answer(PQprepare(raw_.get(), name.c_str(), text.c_str(), 0, nullptr)));
    return prepared_.emplace(std::move(text), std::move(name)).first->second.c_str();
}

Result<Rows> Connection::exec(std::string_view sql, const Params& params) {
    if (params.empty()) return answer(PQexec(raw_.get(), std::string(sql).c_str()));
    const std::vector<const char*> values = TRY(pointers(params));
    const int count = static_cast<int>(values.size());
    const char* name = TRY(prepared(sql));
    if (name == nullptr) {
        return answer(
            PQexecParams(raw_.get(), std::string(sql).c_str(), count, nullptr, values.data(), nullptr, nullptr, 0));
    }
    return answer(PQexecPrepared(raw_.get(), name, count, values.data(), nullptr, nullptr, 0));
}

}  // namespace syncline::pg
