#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "pg/detail/rows_impl.hpp"

namespace syncline::pg {
namespace {

[[noreturn]] void stop_on_bug(std::string_view what, std::string_view which) {
    std::fprintf(stderr, "pg::Rows: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
                 static_cast<int>(which.size()), which.data());
    std::abort();
}

int column_index(const PGresult* result, std::string_view column) {
    const int count = PQnfields(result);
    for (int i = 0; i < count; ++i) {
        if (column == PQfname(result, i)) return i;
    }
    stop_on_bug("no such column", column);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    stop_on_bug("not a bytea in hex", std::string_view(&c, 1));
}

}  // namespace

Rows::Rows() = default;
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;

std::size_t Rows::size() const { return impl_ ? static_cast<std::size_t>(PQntuples(impl_->result.get())) : 0; }

std::size_t Rows::columns() const { return impl_ ? static_cast<std::size_t>(PQnfields(impl_->result.get())) : 0; }

std::string_view Rows::column_name(std::size_t column) const {
    if (column >= columns()) stop_on_bug("no such column", std::to_string(column));
    return PQfname(impl_->result.get(), static_cast<int>(column));
}

std::int64_t Rows::affected() const {
    if (!impl_) return 0;
    const std::string_view tuples = PQcmdTuples(impl_->result.get());
    std::int64_t count = 0;
    std::from_chars(tuples.data(), tuples.data() + tuples.size(), count);  // "" (not a DML statement) leaves 0
    return count;
}

bool Rows::is_null(std::size_t row, std::size_t column) const {
    if (row >= size()) stop_on_bug("no such row", std::to_string(row));
    if (column >= columns()) stop_on_bug("no such column", std::to_string(column));
    return PQgetisnull(impl_->result.get(), static_cast<int>(row), static_cast<int>(column)) == 1;
}

std::string_view Rows::text(std::size_t row, std::size_t column) const {
    if (is_null(row, column)) return {};
    const int r = static_cast<int>(row);
    const int c = static_cast<int>(column);
    return {PQgetvalue(impl_->result.get(), r, c), static_cast<std::size_t>(PQgetlength(impl_->result.get(), r, c))};
}

std::int64_t Rows::integer(std::size_t row, std::size_t column) const {
    if (is_null(row, column)) return 0;
    const std::string_view digits = text(row, column);
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc() || end != digits.data() + digits.size()) {
        stop_on_bug("not a 64-bit integer in column", column_name(column));
    }
    return value;
}

bool Rows::boolean(std::size_t row, std::size_t column) const { return text(row, column) == "t"; }

std::optional<std::string> Rows::optional_text(std::size_t row, std::size_t column) const {
    if (is_null(row, column)) return std::nullopt;
    return std::string(text(row, column));
}

bool Rows::is_null(std::size_t row, std::string_view column) const {
    if (row >= size()) stop_on_bug("no such row for column", column);
    return is_null(row, static_cast<std::size_t>(column_index(impl_->result.get(), column)));
}

std::string_view Rows::text(std::size_t row, std::string_view column) const {
    if (row >= size()) stop_on_bug("no such row for column", column);
    return text(row, static_cast<std::size_t>(column_index(impl_->result.get(), column)));
}

std::int64_t Rows::integer(std::size_t row, std::string_view column) const {
    if (row >= size()) stop_on_bug("no such row for column", column);
    return integer(row, static_cast<std::size_t>(column_index(impl_->result.get(), column)));
}

bool Rows::boolean(std::size_t row, std::string_view column) const { return text(row, column) == "t"; }

std::optional<std::string> Rows::optional_text(std::size_t row, std::string_view column) const {
    if (is_null(row, column)) return std::nullopt;
    return std::string(text(row, column));
}

std::string Rows::bytes(std::size_t row, std::string_view column) const {
    const std::string_view spelled = text(row, column);
    if (spelled.empty()) return {};
    if (!spelled.starts_with("\\x")) stop_on_bug("not a bytea column", column);
    std::string out;
    out.reserve(spelled.size() / 2);
    for (std::size_t i = 2; i + 1 < spelled.size(); i += 2) {
        out += static_cast<char>(hex_digit(spelled[i]) * 16 + hex_digit(spelled[i + 1]));
    }
    return out;
}

}  // namespace syncline::pg
