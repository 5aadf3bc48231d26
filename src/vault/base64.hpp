// Base64 (RFC 4648, with padding). Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace syncline::vault {

std::string to_base64(std::string_view bytes);
// None when the text is not exactly what to_base64() would have written.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace syncline::vault
