// "v1:" and the Base64 of nonce, ciphertext and tag.
#include "vault/seal.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <vector>

#include "vault/base64.hpp"
#include "vault/detail/bytes.hpp"
#include "vault/detail/key_file.hpp"

namespace syncline::vault {
namespace {

constexpr std::string_view kVersion = "v1:";
constexpr int kNonceBytes = 12;  // GCM's own size; random, so one key is good for 2^32 seals
constexpr int kTagBytes = 16;
constexpr std::size_t kPlainBytesMax = 64 * 1024;
constexpr std::size_t kSealedBytesMax = 4 + (kNonceBytes + kPlainBytesMax + kTagBytes + 2) / 3 * 4;

using Bytes = std::vector<unsigned char>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

using detail::bytes_of;
int size_of(std::string_view text) { return static_cast<int>(text.size()); }

Error broken(std::string_view name) {
    return make_error(Errc::kInvalid, "the sealed value of vault:" + std::string(name) + " does not open",
                      "it was sealed under another key or name, or was changed: set it again");
}

}  // namespace

Result<SealingKey> SealingKey::open(const std::string& path, bool create) {
    if (create) TRY(make_key_file(path));
    SealingKey key;
    key.key_ = TRY(read_key_file(path));
    return key;
}

Result<std::string> SealingKey::seal(std::string_view name, const Secret& secret) const {
    if (secret.reveal().size() > kPlainBytesMax) {
        return make_error(Errc::kInvalid, "the secret vault:" + std::string(name) + " is longer than 64 KiB");
    }
    const std::string& plain = secret.reveal();
    Bytes out(kNonceBytes + plain.size() + kTagBytes);
    unsigned char* const nonce = out.data();
    unsigned char* const body = nonce + kNonceBytes;
    unsigned char* const tag = body + plain.size();
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int size = 0;
    const bool sealed =
        RAND_bytes(nonce, kNonceBytes) == 1 && cipher != nullptr &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key_.reveal()), nonce) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(kVersion), size_of(kVersion)) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(name), size_of(name)) == 1 &&
        EVP_EncryptUpdate(cipher.get(), body, &size, bytes_of(plain), size_of(plain)) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), tag, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag) == 1;
    if (!sealed) return make_error(Errc::kInternal, "sealing vault:" + std::string(name) + " failed");
    return std::string(kVersion) + to_base64({reinterpret_cast<const char*>(out.data()), out.size()});
}

Result<Secret> SealingKey::unseal(std::string_view name, std::string_view sealed) const {
    if (!sealed.starts_with(kVersion)) {
        return make_error(Errc::kUnsupported,
                          "the sealed value of vault:" + std::string(name) + " has an unknown format",
                          "a newer program may have written it");
    }
    if (sealed.size() > kSealedBytesMax) return broken(name);
    std::optional<std::string> in = from_base64(sealed.substr(kVersion.size()));
    if (!in || in->size() < kNonceBytes + kTagBytes) return broken(name);
    const std::size_t size = in->size() - kNonceBytes - kTagBytes;
    auto* const nonce = reinterpret_cast<unsigned char*>(in->data());
    unsigned char* const body = nonce + kNonceBytes;
    std::string plain(size, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(plain.data());
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    int part = 0;
    const bool opened =
        cipher != nullptr &&
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key_.reveal()), nonce) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &part, bytes_of(kVersion), size_of(kVersion)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &part, bytes_of(name), size_of(name)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), out, &part, body, static_cast<int>(size)) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, body + size) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), out + size, &part) == 1;
    Secret secret(std::move(plain));  // wiped also when it did not open
    if (!opened) return broken(name);
    return secret;
}

}  // namespace syncline::vault
