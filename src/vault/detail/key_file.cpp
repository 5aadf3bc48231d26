#include "vault/detail/key_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.hpp"

namespace syncline::vault {
namespace {

constexpr std::size_t kHexBytes = kKeyBytes * 2;

class File {
public:
    explicit File(int number) : number_(number) {}
    ~File() {
        if (number_ >= 0) close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

private:
    int number_;
};

Error file_error(Errc code, const std::string& path, const std::string& what, const std::string& hint) {
    return make_error(code, "the key file " + path + " " + what, hint).with("reference", "file:" + path);
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// Empty when `hex` is anything else.
Secret from_hex(std::string_view hex) {
    std::string bytes;
    bytes.reserve(kKeyBytes);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int high = digit(hex[i]);
        const int low = digit(hex[i + 1]);
        if (high < 0 || low < 0) {
            OPENSSL_cleanse(bytes.data(), bytes.size());
            return {};
        }
        bytes += static_cast<char>(high * 16 + low);
    }
    return Secret(std::move(bytes));
}

Result<void> write_key(const std::string& path) {
    std::array<unsigned char, kKeyBytes> key{};
    if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        return make_error(Errc::kInternal, "the system gives no random bytes");
    }
    std::string hex = to_hex({reinterpret_cast<const char*>(key.data()), key.size()}) + "\n";
    OPENSSL_cleanse(key.data(), key.size());
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    const bool written = file.open() && fchmod(file.number(), 0600) == 0 &&
                         write(file.number(), hex.data(), hex.size()) == static_cast<ssize_t>(hex.size()) &&
                         fsync(file.number()) == 0;
    const std::string why = std::strerror(errno);
    OPENSSL_cleanse(hex.data(), hex.size());
    if (written) return {};
    return file_error(Errc::kInvalid, path, "cannot be written: " + why, "choose another data folder");
}

}  // namespace

Result<Secret> read_key_file(const std::string& path) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open() && errno == ENOENT) {
        return file_error(Errc::kKeyMissing, path, "is not there",
                          "bring it back from its backup: what is sealed opens with this key only");
    }
    if (!file.open())
        return file_error(Errc::kInvalid, path, std::string("cannot be read: ") + std::strerror(errno), "");
    struct stat facts {};
    if (fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return file_error(Errc::kInvalid, path, "is not a plain file", "");
    }
    if ((facts.st_mode & 077) != 0) {
        return file_error(Errc::kInvalid, path, "may be read by others", "chmod 600 " + path);
    }
    std::array<char, kHexBytes + 2> text{};  // one byte more than a line, to see that nothing follows
    const ssize_t got = read(file.number(), text.data(), text.size());
    const std::string_view line(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    const bool whole = line.size() == kHexBytes || (line.size() == kHexBytes + 1 && line.back() == '\n');
    Secret key = whole ? from_hex(line.substr(0, kHexBytes)) : Secret();
    OPENSSL_cleanse(text.data(), text.size());
    if (key.empty()) return file_error(Errc::kInvalid, path, "is not a key", "it holds 64 hexadecimal digits");
    return key;
}

Result<void> make_key_file(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code failure;
    if (fs::exists(path, failure)) return {};
    if (const fs::path parent = fs::path(path).parent_path(); !parent.empty()) fs::create_directories(parent, failure);
    std::array<unsigned char, 8> nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1) {
        return make_error(Errc::kInternal, "the system gives no random bytes");
    }
    // Written aside and linked in: a reader never sees half a key, and link() does not replace another maker's.
    const std::string aside = path + "." + to_hex({reinterpret_cast<const char*>(nonce.data()), nonce.size()});
    const Result<void> written = write_key(aside);
    const bool linked = written && (link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const std::string why = std::strerror(errno);
    unlink(aside.c_str());
    if (!written) return written.error();
    if (!linked) return file_error(Errc::kInvalid, path, "cannot be made: " + why, "choose another data folder");
    return {};
}

}  // namespace syncline::vault
