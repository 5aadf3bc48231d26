// The file of a sealing key: 64 hexadecimal digits and a line end, for its owner's eyes only.
#pragma once

#include <string>

#include "base/result.hpp"
#include "vault/secret.hpp"

namespace syncline::vault {

inline constexpr std::size_t kKeyBytes = 32;

// The 32 bytes. kKeyMissing when there is no file; kInvalid when it is not a key file, or others may read it.
Result<Secret> read_key_file(const std::string& path);

// Makes the file with fresh random bytes unless it is there; of several makers one wins, whole.
Result<void> make_key_file(const std::string& path);

}  // namespace syncline::vault
