// What Rows keeps: one libpq result.
#pragma once

#include <libpq-fe.h>

#include <memory>

#include "pg/database.hpp"

namespace syncline::pg {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

struct Rows::Impl {
    ResultPtr result;
};

}  // namespace syncline::pg
