// Secrets: values that must never be printed, and references that may.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace syncline::vault {

// A secret's value. It cannot be printed or compared by accident; its memory is wiped when it goes.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value);
    Secret(const Secret&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    // For the one place that sends it. Named so that a search finds each use.
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    // In time that does not depend on the contents.
    bool equals(std::string_view other) const;

private:
    std::string value_;
};

// Where a secret is: "env:NAME", "file:/path" (first line), "vault:NAME" (sealed in the store).
struct SecretRef {
    enum class Kind { kEnv, kFile, kVault };
    Kind kind = Kind::kEnv;
    std::string name;
    std::string text() const;  // its spelling, safe to print
};
// kInvalid; the error does not repeat the text, which may be a secret that somebody pasted in place of a reference.
Result<SecretRef> parse_secret_ref(std::string_view text);

// Reads sealed values from wherever they are kept; kNotFound when there is none of that name.
using SealedReader = std::function<Result<std::string>(std::string_view name)>;

// The value behind a reference; KEY_MISSING naming the reference when there is none or it is empty.
// `key` and `sealed` are needed for "vault:" only.
class SealingKey;
Result<Secret> resolve(const SecretRef& ref, const SealingKey* key = nullptr, const SealedReader& sealed = {});

}  // namespace syncline::vault
