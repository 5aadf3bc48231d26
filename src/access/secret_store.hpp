// Sealed secrets in the store (vault.sealed): this room moves them, it cannot open them.
// Safe from many threads. Errors are those of the database; kNotFound as said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/org.hpp"
#include "pg/database.hpp"
#include "vault/secret.hpp"

namespace syncline::access {

inline constexpr std::size_t kSealedNamesMax = 1000;  // listed at once

// Replaces an earlier value of the name. kInvalid for a name that "vault:NAME" could not spell.
Result<void> put_sealed(pg::Database& database, const OrgId& org, std::string_view name, std::string_view sealed);
// kNotFound when the org has none of that name.
Result<std::string> get_sealed(pg::Database& database, const OrgId& org, std::string_view name);
// kNotFound likewise.
Result<void> remove_sealed(pg::Database& database, const OrgId& org, std::string_view name);
// In alphabetical order, the first kSealedNamesMax.
Result<std::vector<std::string>> sealed_names(pg::Database& database, const OrgId& org);

// For vault::resolve(); `database` must outlive it.
vault::SealedReader sealed_reader(pg::Database& database, const OrgId& org);

}  // namespace syncline::access
