// From libpq's failures to ours. Never carries DETAIL or the statement: both may hold people's data.
#pragma once

#include <libpq-fe.h>

#include "base/error.hpp"

namespace syncline::pg {

// `result` may be null (libpq ran out of memory or the connection is gone).
Error failure_of(const PGconn* connection, const PGresult* result);
Error unreachable(const PGconn* connection);

}  // namespace syncline::pg
