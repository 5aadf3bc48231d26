// One at a time works on a profile, however many processes there are.
#pragma once

#include <chrono>

#include "access/scope.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

// Takes the turn until the transaction ends; it is gone with the session, however that ends. kHeld when somebody else
// has it, and still has it after `wait`: come back in a moment.
Result<void> take_turn(pg::Transaction& tx, const access::Scope& scope, std::chrono::milliseconds wait = {});

}  // namespace syncline::sync
