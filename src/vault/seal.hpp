// Encryption of secrets at rest: AES-256-GCM under a key that is kept outside the store.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "vault/secret.hpp"

namespace syncline::vault {

class SealingKey {
public:
    // Reads the key file (mode 0600, made with fresh random bytes when `create` and absent).
    // kKeyMissing when it is not there; kInvalid when others may read it.
    static Result<SealingKey> open(const std::string& path, bool create);

    // `name` is bound in: a sealed value moved to another name does not open.
    Result<std::string> seal(std::string_view name, const Secret& secret) const;
    Result<Secret> unseal(std::string_view name, std::string_view sealed) const;

private:
    Secret key_;
};

}  // namespace syncline::vault
