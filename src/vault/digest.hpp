// Hashes and signatures. Pure; safe from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace syncline::vault {

std::string sha256_hex(std::string_view bytes);
std::string sha256(std::string_view bytes);  // the 32 bytes
// The same over bytes that come bit by bit. One thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    std::string finish();  // the 32 bytes; then it is over

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // the 32 bytes
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
// In time that depends on the lengths only.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace syncline::vault
