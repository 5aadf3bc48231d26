#include "pg/detail/dsn.hpp"

#include <libpq-fe.h>

namespace syncline::pg {

Result<void> check_dsn(const std::string& dsn) {
    char* why = nullptr;
    PQconninfoOption* parsed = PQconninfoParse(dsn.c_str(), &why);
    PQconninfoFree(parsed);
    PQfreemem(why);
    if (parsed != nullptr) return {};
    return make_error(Errc::kInvalid, "the database DSN cannot be read",
                      "write postgresql://user@host:5432/name or libpq keywords: host=… dbname=…");
}

}  // namespace syncline::pg
