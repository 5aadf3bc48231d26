// The ledger as a file: written for safe keeping, and verified without any store.
#pragma once

#include "actions/services.hpp"
#include "cli/run.hpp"

namespace syncline::cli::detail {

// To --out, which is there whole or not at all, or line by line to standard output. kInvalid when it cannot be written.
Result<Answer> export_ledger(actions::Services& services, const Command& command, const Style& style);
// Of --file. kNotFound when there is none.
Result<Answer> verify_file(const Command& command, const Style& style);

}  // namespace syncline::cli::detail
