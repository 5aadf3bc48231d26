#include "jobs/detail/back_off.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs::detail {

namespace {

std::optional<Micros> asked_for(const Error& error) {
    const std::string_view text = error.detail("retry_after_ms");
    std::int64_t milliseconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    if (failure != std::errc() || end != text.data() + text.size() || milliseconds < 0) return std::nullopt;
    constexpr std::int64_t kMax = kRetryAfterMax / std::chrono::milliseconds(1);
    return Micros(std::chrono::milliseconds(std::min(milliseconds, kMax)));
}

}  // namespace

Micros back_off(const Error& error, int failures, Random& random) {
    if (const std::optional<Micros> asked = asked_for(error)) return *asked;
    const Micros base = kBackOffFirst * (1 << std::clamp(failures - 1, 0, kAttemptsMax));
    const double factor = 1 - kJitter + 2 * kJitter * random.unit();
    return Micros(static_cast<std::int64_t>(static_cast<double>(base.count()) * factor));
}

std::string describe(const Error& error) {
    std::string text = std::string(to_string(error.code)) + ": " + error.message;
    if (!error.hint.empty()) text += " (" + error.hint + ")";
    // A peer's words may be anything; what the store refused would be a job that can never be settled.
    std::string kept;
    for (const char32_t point : decode_utf8(text)) {
        const std::size_t before = kept.size();
        if (point != 0) append_utf8(kept, point);
        if (kept.size() > kErrorBytesMax) {
            kept.resize(before);
            break;
        }
    }
    return kept;
}

}  // namespace syncline::jobs::detail
