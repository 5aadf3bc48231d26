// From "env:NAME", "file:/path" and "vault:NAME" to the value behind it.
#include <fcntl.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "vault/seal.hpp"
#include "vault/secret.hpp"

namespace syncline::vault {
namespace {

constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kPathBytesMax = 4096;
constexpr std::size_t kSecretBytesMax = 64 * 1024;

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool is_name(std::string_view name, std::string_view also) {
    return !name.empty() && name.size() <= kNameBytesMax &&
           std::ranges::all_of(name, [&](char c) { return is_word(c) || also.find(c) != also.npos; });
}

bool is_path(std::string_view path) {
    return path.size() > 1 && path.size() <= kPathBytesMax && path.front() == '/' && path.find('\0') == path.npos;
}

Error missing(const SecretRef& ref, const std::string& why) {
    return make_error(Errc::kKeyMissing, ref.text() + " " + why, "give " + ref.text() + " a value")
        .with("reference", ref.text());
}

// By read(2) into one buffer that is wiped: a stream would leave copies in its own.
Result<Secret> read_first_line(const SecretRef& ref) {
    const int file = open(ref.name.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return missing(ref, "cannot be opened");
    std::string buffer(kSecretBytesMax + 1, '\0');
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < buffer.size() && (got = read(file, buffer.data() + size, buffer.size() - size)) > 0) {
        size += static_cast<std::size_t>(got);
    }
    close(file);
    const std::string_view all(buffer.data(), size);
    std::string_view line = all.substr(0, all.find('\n'));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool too_long = line.size() > kSecretBytesMax;
    Secret secret{too_long ? std::string() : std::string(line)};
    OPENSSL_cleanse(buffer.data(), buffer.size());
    if (got < 0) return missing(ref, "cannot be read");
    if (too_long) return missing(ref, "has a first line of more than 64 KiB");
    return secret;
}

Result<Secret> read_sealed(const SecretRef& ref, const SealingKey* key, const SealedReader& sealed) {
    if (key == nullptr || !sealed) return missing(ref, "cannot be read without the sealing key and the store");
    const Result<std::string> found = sealed(ref.name);
    if (!found && found.error().code == Errc::kNotFound) return missing(ref, "is not in the store");
    if (!found) return Error(found.error()).during("reading " + ref.text());
    Result<Secret> opened = key->unseal(ref.name, *found);
    if (!opened) return std::move(opened).error().during("reading " + ref.text());
    return opened;
}

Result<Secret> read_value(const SecretRef& ref, const SealingKey* key, const SealedReader& sealed) {
    switch (ref.kind) {
        case SecretRef::Kind::kEnv: {
            const char* value = std::getenv(ref.name.c_str());
            if (value == nullptr) return missing(ref, "is not set");
            return Secret(value);
        }
        case SecretRef::Kind::kFile: return read_first_line(ref);
        case SecretRef::Kind::kVault: return read_sealed(ref, key, sealed);
    }
    return make_error(Errc::kInternal, "a secret reference of no kind");
}

}  // namespace

std::string SecretRef::text() const {
    switch (kind) {
        case Kind::kEnv: return "env:" + name;
        case Kind::kFile: return "file:" + name;
        case Kind::kVault: return "vault:" + name;
    }
    return name;
}

Result<SecretRef> parse_secret_ref(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view kind = text.substr(0, colon);
    const std::string_view name = colon == text.npos ? std::string_view() : text.substr(colon + 1);
    if (kind == "env" && is_name(name, "") && (name.front() < '0' || name.front() > '9')) {
        return SecretRef{SecretRef::Kind::kEnv, std::string(name)};
    }
    if (kind == "file" && is_path(name)) return SecretRef{SecretRef::Kind::kFile, std::string(name)};
    if (kind == "vault" && is_name(name, "./-")) return SecretRef{SecretRef::Kind::kVault, std::string(name)};
    return make_error(Errc::kInvalid, "this is not a reference to a secret",
                      "write env:NAME, file:/absolute/path or vault:NAME, never the secret itself");
}

Result<Secret> resolve(const SecretRef& ref, const SealingKey* key, const SealedReader& sealed) {
    Secret secret = TRY(read_value(ref, key, sealed));
    if (secret.empty()) return missing(ref, "is empty");
    return secret;
}

}  // namespace syncline::vault
