// One session with the server, and the statements prepared in it. One thread at a time.
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pg/database.hpp"

namespace syncline::pg {

inline constexpr std::size_t kPreparedMax = 256;         // per session; then all are forgotten and it starts over
inline constexpr std::size_t kParamsMax = 65535;         // of one statement: the protocol's own limit
inline constexpr std::size_t kCopyChunkBytes = 1 << 16;  // sent at once during COPY
inline constexpr int kServerVersionMin = 150000;         // PostgreSQL 15: the first with security_invoker views

class Connection {
public:
    static Result<std::unique_ptr<Connection>> open(const std::string& dsn);

    // An empty `org` opens the transaction as the owner.
    Result<void> begin(std::string_view org);
    // Rolls back and answers the last failure when a statement failed and the body went on as if it had not.
    Result<void> commit();
    void rollback();

    Result<Rows> exec(std::string_view sql, const Params& params);
    Result<std::int64_t> copy_in(std::string_view table_and_columns, const std::vector<Params>& rows);

    // Fit for the next transaction.
    bool idle() const;

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    explicit Connection(PGconn* raw) : raw_(raw) {}
    Result<void> set_up();
    Result<void> forget_prepared();
    Result<const char*> prepared(std::string_view sql);  // the statement's name; null when there is no room for more
    Result<Rows> answer(PGresult* result);
    Result<std::int64_t> finish_copy(Result<void> sent);

    std::unique_ptr<PGconn, Finish> raw_;
    std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> prepared_;  // SQL text to name
    unsigned long prepared_count_ = 0;  // ever, so that a name is never used twice
    bool prepared_stale_ = false;       // a table changed under a prepared statement
    Error last_failure_;
};

}  // namespace syncline::pg
