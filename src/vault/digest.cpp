#include "vault/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.hpp"
#include "vault/detail/bytes.hpp"

namespace syncline::vault {
namespace {

constexpr std::size_t kSha256Bytes = 32;
using Sum = std::array<unsigned char, kSha256Bytes>;

using detail::bytes_of;

std::string text_of(const Sum& sum) { return {reinterpret_cast<const char*>(sum.data()), sum.size()}; }

}  // namespace

// None can fail with a built-in hash but for lack of memory, which ends the program elsewhere too.
std::string sha256(std::string_view bytes) {
    // Looked up once and one context for each thread: for a short text both cost more than the hash.
    static const EVP_MD* const kHash = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                                       EVP_MD_CTX_free);
    Sum sum{};
    if (EVP_DigestInit_ex2(context.get(), kHash, nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), sum.data(), nullptr) != 1) {
        std::abort();
    }
    return text_of(sum);
}

struct Sha256::Impl {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
    if (!impl_->context || EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr) != 1) std::abort();
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    if (EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()) != 1) std::abort();
}

std::string Sha256::finish() {
    Sum sum{};
    if (EVP_DigestFinal_ex(impl_->context.get(), sum.data(), nullptr) != 1) std::abort();
    return text_of(sum);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    static constexpr unsigned char kNothing = 0;  // a null key would mean "the key of the last call" to OpenSSL
    Sum sum{};
    const unsigned char* start = key.empty() ? &kNothing : bytes_of(key);
    if (HMAC(EVP_sha256(), start, static_cast<int>(key.size()), bytes_of(bytes), bytes.size(), sum.data(), nullptr) ==
        nullptr) {
        std::abort();
    }
    return text_of(sum);
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) { return to_hex(hmac_sha256(key, bytes)); }

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace syncline::vault
