#include "pg/detail/failure.hpp"

#include <string>

#include "pg/database.hpp"

namespace syncline::pg {
namespace {

std::string_view field(const PGresult* result, int code) {
    const char* value = result == nullptr ? nullptr : PQresultErrorField(result, code);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

std::string without_line_end(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
    return std::string(text);
}

// Class 08 is "connection exception"; 57P01 to 57P03 are shutdown, crash and start-up.
bool means_gone(std::string_view sqlstate) { return sqlstate.starts_with("08") || sqlstate.starts_with("57P0"); }

}  // namespace

Error unreachable(const PGconn* connection) {
    return make_error(Errc::kUnreachable, "PostgreSQL: " + without_line_end(PQerrorMessage(connection)),
                      "check that the server of database.url is running and reachable");
}

Error failure_of(const PGconn* connection, const PGresult* result) {
    const std::string_view sqlstate = field(result, PG_DIAG_SQLSTATE);
    if (PQstatus(connection) != CONNECTION_OK && (sqlstate.empty() || means_gone(sqlstate))) {
        return unreachable(connection);
    }
    std::string message = "PostgreSQL: " + std::string(field(result, PG_DIAG_MESSAGE_PRIMARY));
    if (sqlstate.empty()) message = "PostgreSQL: " + without_line_end(PQerrorMessage(connection));
    Error error = make_error(means_gone(sqlstate) ? Errc::kUnreachable : Errc::kStore, std::move(message));
    error.details.emplace_back("sqlstate", sqlstate);
    if (const auto name = field(result, PG_DIAG_CONSTRAINT_NAME); !name.empty()) {
        error.details.emplace_back("constraint", name);
    }
    return error;
}

bool is_lost_race(const Error& error) {
    const std::string_view sqlstate = error.detail("sqlstate");
    return error.code == Errc::kStore && (sqlstate == "40001" || sqlstate == "40P01");
}

}  // namespace syncline::pg
