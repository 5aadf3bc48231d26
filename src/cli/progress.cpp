#include "cli/progress.hpp"

#include <fmt/format.h>

namespace syncline::cli {

namespace {
constexpr int kBarWidth = 24;
constexpr Micros kEvery = std::chrono::milliseconds(100);
constexpr double kRateAfterS = 1.0;  // a rate over less is noise
}  // namespace

std::string progress_text(const sync::Progress& progress, Micros in_phase) {
    std::string out = progress.phase;
    const double seconds = std::chrono::duration<double>(in_phase).count();
    const double rate = seconds >= kRateAfterS ? static_cast<double>(progress.done) / seconds : 0;
    if (progress.total > 0) {
        const auto filled = static_cast<std::size_t>(kBarWidth * progress.done / progress.total);
        out += "  [" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "]";
        out += fmt::format(" {}/{}", progress.done, progress.total);
    } else if (progress.done > 0) {
        out += fmt::format("  {}", progress.done);
    }
    if (rate > 0) out += fmt::format("  {:.0f}/s", rate);
    if (rate > 0 && progress.total > progress.done) {
        out += fmt::format("  {:.0f} s left", static_cast<double>(progress.total - progress.done) / rate);
    }
    return out;
}

std::string ProgressLine::update(const sync::Progress& progress, Time now) {
    if (progress.phase != phase_) {
        phase_ = progress.phase;
        phase_began_ = now;
        written_ = Time{};
    }
    const bool last = progress.total > 0 && progress.done == progress.total;
    if (!last && now - written_ < kEvery) return {};
    written_ = now;
    shown_ = true;
    return "\r\x1b[K" + progress_text(progress, now - phase_began_);
}

std::string ProgressLine::clear() {
    if (!shown_) return {};
    shown_ = false;
    return "\r\x1b[K";
}

}  // namespace syncline::cli
