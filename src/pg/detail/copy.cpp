// COPY … FROM STDIN in text format.
#include <charconv>
#include <cstring>

#include "pg/detail/connection.hpp"
#include "pg/detail/failure.hpp"
#include "pg/detail/rows_impl.hpp"

namespace syncline::pg {
namespace {

void append_escaped(std::string& out, const Param& param) {
    if (param.text() == nullptr) {
        out += "\\N";
        return;
    }
    for (const char c : std::string_view(param.text(), param.size())) {
        switch (c) {
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: out += c;
        }
    }
}

Result<void> append_row(std::string& out, const Params& row) {
    bool first = true;
    for (const Param& param : row) {
        if (!first) out += '\t';
        first = false;
        if (param.text() != nullptr && std::memchr(param.text(), 0, param.size()) != nullptr) {
            return make_error(Errc::kInvalid, "a value for COPY holds a zero byte, which PostgreSQL text cannot hold",
                              "store such bytes as bytea");
        }
        append_escaped(out, param);
    }
    out += '\n';
    return {};
}

Result<void> send(PGconn* connection, std::string& chunk) {
    if (!chunk.empty() && PQputCopyData(connection, chunk.data(), static_cast<int>(chunk.size())) != 1) {
        return failure_of(connection, nullptr);
    }
    chunk.clear();
    return {};
}

Result<void> send_rows(PGconn* connection, const std::vector<Params>& rows) {
    std::string chunk;
    for (const Params& row : rows) {
        TRY(append_row(chunk, row));
        if (chunk.size() >= kCopyChunkBytes) TRY(send(connection, chunk));
    }
    return send(connection, chunk);
}

}  // namespace

Result<std::int64_t> Connection::copy_in(std::string_view table_and_columns, const std::vector<Params>& rows) {
    const std::string sql = "copy " + std::string(table_and_columns) + " from stdin";
    const ResultPtr opened(PQexec(raw_.get(), sql.c_str()));
    if (PQresultStatus(opened.get()) != PGRES_COPY_IN) {
        last_failure_ = failure_of(raw_.get(), opened.get());
        return last_failure_;
    }
    return finish_copy(send_rows(raw_.get(), rows));
}

// Always leaves the COPY state: with the rows, or with a word to the server that they are not to be kept.
Result<std::int64_t> Connection::finish_copy(Result<void> sent) {
    if (PQputCopyEnd(raw_.get(), sent ? nullptr : "the client gave up") != 1) {
        last_failure_ = failure_of(raw_.get(), nullptr);
        return last_failure_;
    }
    const ResultPtr done(PQgetResult(raw_.get()));
    while (ResultPtr more{PQgetResult(raw_.get())}) {  // libpq wants to be read until it answers null
    }
    if (!sent) {
        last_failure_ = sent.error();
        return std::move(sent).error();
    }
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) {
        last_failure_ = failure_of(raw_.get(), done.get());
        return last_failure_;
    }
    const std::string_view tuples = PQcmdTuples(done.get());
    std::int64_t count = 0;
    std::from_chars(tuples.data(), tuples.data() + tuples.size(), count);
    return count;
}

}  // namespace syncline::pg
