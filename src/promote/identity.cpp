#include "promote/identity.hpp"

#include "base/text.hpp"
#include "vault/digest.hpp"

namespace syncline::promote {

std::string internal_id(const mirror::Source& source, std::string_view entity, std::int64_t external_id) {
    constexpr std::size_t kUuidBytes = 16;
    std::string bytes = vault::sha256("syncline.core.1\n" + source.org.text() + "\n" + source.connector + "\n" +
                                      std::string(entity) + "\n" + std::to_string(external_id) + "\n")
                            .substr(0, kUuidBytes);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x80);  // version 8: made by a rule of one's own
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    const std::string hex = to_hex(bytes);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
           hex.substr(20);
}

}  // namespace syncline::promote
