// PostgreSQL: connections in a pool, transactions that belong to one org, rows as text.
// SQL always takes parameters ($1, $2, …); nothing a person typed is ever pasted into a statement.
//
//   auto rows = TRY(database.transact(org, [&](pg::Transaction& tx) {
//       return tx.exec("select name from sync.links where org_id = $1 and link = $2", {org.text(), key});
//   }));
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"

namespace syncline::pg {

// One statement parameter, sent as text; SQL NULL when made from std::nullopt or nullptr.
class Param {
public:
    Param(std::nullptr_t) {}
    Param(std::nullopt_t) {}
    Param(std::string value) : value_(std::move(value)) {}
    Param(std::string_view value) : value_(std::string(value)) {}
    Param(const char* value) : value_(value) {}
    Param(bool value) : value_(value ? "t" : "f") {}
    template <typename Integer>
        requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
    Param(Integer value) : value_(std::to_string(value)) {}
    Param(double value);
    template <typename T>
    Param(const std::optional<T>& value) {
        if (value) *this = Param(*value);
    }
    const char* text() const { return value_ ? value_->c_str() : nullptr; }
    std::size_t size() const { return value_ ? value_->size() : 0; }

private:
    std::optional<std::string> value_;
};
using Params = std::vector<Param>;

// A list as one parameter, used as `= any($1::text[])` or `unnest($1::bigint[])`; an empty optional is NULL.
std::string array_literal(const std::vector<std::string>& values);
std::string array_literal(const std::vector<std::optional<std::string>>& values);
std::string array_literal(const std::set<std::string>& values);
std::string array_literal(const std::vector<std::int64_t>& values);
std::string array_literal(const std::set<std::int64_t>& values);
// A bytea value for one parameter ("\\x…"); a text parameter itself cannot hold a zero byte and is refused as kInvalid.
std::string bytea_literal(std::string_view bytes);

// The rows that a statement answered; owns them. Columns by name or by position from 0.
// A column that is not there, a row past the end, or a number read from what is none is a bug in the caller: the
// program stops and says which.
class Rows {
public:
    Rows();
    ~Rows();
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) noexcept;

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    std::int64_t affected() const;  // rows touched by INSERT, UPDATE, DELETE

    bool is_null(std::size_t row, std::string_view column) const;
    std::string_view text(std::size_t row, std::string_view column) const;  // "" for NULL; lives as long as this
    std::int64_t integer(std::size_t row, std::string_view column) const;   // 0 for NULL
    bool boolean(std::size_t row, std::string_view column) const;           // false for NULL
    std::optional<std::string> optional_text(std::size_t row, std::string_view column) const;
    std::string bytes(std::size_t row, std::string_view column) const;  // of a bytea; "" for NULL

    std::size_t columns() const;
    std::string_view column_name(std::size_t column) const;
    bool is_null(std::size_t row, std::size_t column) const;
    std::string_view text(std::size_t row, std::size_t column) const;
    std::int64_t integer(std::size_t row, std::size_t column) const;
    bool boolean(std::size_t row, std::size_t column) const;
    std::optional<std::string> optional_text(std::size_t row, std::size_t column) const;

private:
    friend class Connection;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Errors of every call: kStore with details "sqlstate" (and "constraint" where one was broken); kUnreachable when the
// server is gone. After an error the transaction can only be rolled back (or back to a savepoint that the body set).
// One thread at a time.
class Transaction {
public:
    virtual ~Transaction() = default;
    // Without parameters `sql` may hold several statements; the last one's rows are answered. With parameters it is one
    // statement, prepared once per connection and remembered by its text: so keep texts constant.
    virtual Result<Rows> exec(std::string_view sql, const Params& params = {}) = 0;
    // Rows into a table by COPY (text format), e.g. into a temporary staging table. One column value per Param.
    virtual Result<std::int64_t> copy_in(std::string_view table_and_columns, const std::vector<Params>& rows) = 0;
};

// True when the transaction lost against another one (sqlstate 40001 or 40P01): run it again, a bounded number of
// times.
bool is_lost_race(const Error& error);

// Safe from many threads; each transaction has a connection of its own from a bounded pool. Do not open a transaction
// inside a body: with the pool in use by such bodies they would wait for each other (until kUnreachable, after 30 s).
// kOutcomeUnknown when the server went away during COMMIT: look before repeating.
class Database {
public:
    virtual ~Database() = default;

    // Runs `body` in one transaction as the org's role (row level security on): commits when it succeeds, rolls back
    // when it fails or throws. `org` is the org's UUID. Waits for a free connection.
    virtual Result<void> run(std::string_view org, const std::function<Result<void>(Transaction&)>& body) = 0;
    // The same as the store's owner, over all orgs: migrations and maintenance only.
    virtual Result<void> run_as_owner(const std::function<Result<void>(Transaction&)>& body) = 0;

    // run(), answering what the body answers.
    template <typename Body>
    auto transact(std::string_view org, Body&& body) -> std::invoke_result_t<Body, Transaction&> {
        using R = std::invoke_result_t<Body, Transaction&>;
        std::optional<R> answer;
        Result<void> done = run(org, [&](Transaction& tx) -> Result<void> {
            answer.emplace(body(tx));
            if (!answer->ok()) return answer->error();
            return {};
        });
        if (!done) return std::move(done).error();
        return std::move(*answer);
    }
};

struct DatabaseOptions {
    std::string dsn;  // libpq keywords or URL
    int connections_max = 8;
    std::chrono::milliseconds idle_max{10'000};  // a connection that nobody has needed for so long is closed
};

// Connects once, to fail early: kInvalid for a DSN that cannot be read (which is not repeated: it may hold a password),
// kUnreachable, kUnsupported for a server older than PostgreSQL 15.
Result<std::unique_ptr<Database>> open_database(DatabaseOptions options);

}  // namespace syncline::pg
