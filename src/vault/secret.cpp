#include "vault/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

#include "vault/digest.hpp"

namespace syncline::vault {
namespace {

// All that the string ever held, also what lies behind its end.
void wipe(std::string& text) {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

}  // namespace

Secret::Secret(std::string value) : value_(std::move(value)) { wipe(value); }

// A plain assignment might free the old buffer unwiped: here it goes to a temporary, whose destructor wipes it.
Secret& Secret::operator=(const Secret& other) {
    Secret copy(other);
    value_.swap(copy.value_);
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    value_.swap(other.value_);
    wipe(other.value_);
    return *this;
}

Secret::~Secret() { wipe(value_); }

bool Secret::equals(std::string_view other) const { return constant_time_equal(value_, other); }

}  // namespace syncline::vault
