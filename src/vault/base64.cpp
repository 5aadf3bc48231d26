#include "vault/base64.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "vault/detail/bytes.hpp"

namespace syncline::vault {

using detail::bytes_of;

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
    const int size = EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.empty()) return std::string();
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(bytes_of(bytes), bytes_of(text), static_cast<int>(text.size())) < 0) return std::nullopt;
    bytes.resize(bytes.size() - (text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0));
    // OpenSSL is lenient about spaces, and about bits beyond the last byte.
    std::string again = to_base64(bytes);
    const bool exact = again == text;
    OPENSSL_cleanse(again.data(), again.size());  // it may be a key
    if (exact) return bytes;
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return std::nullopt;
}

}  // namespace syncline::vault
