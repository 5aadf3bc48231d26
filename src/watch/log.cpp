#include "watch/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "watch/detail/json_text.hpp"

namespace syncline::watch {

namespace {

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::kDebug: return spdlog::level::debug;
        case Level::kInfo: return spdlog::level::info;
        case Level::kWarn: return spdlog::level::warn;
        case Level::kError: return spdlog::level::err;
        case Level::kOff: return spdlog::level::off;
    }
    return spdlog::level::warn;
}

}  // namespace

struct Log::Impl {
    explicit Impl(LogOptions given)
        : options(given), logger("syncline", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger.set_level(level_of(given.level));
        logger.flush_on(spdlog::level::trace);
        logger.set_pattern(
            given.json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})" : "%Y-%m-%d %H:%M:%S.%e %-7l %v",
            spdlog::pattern_time_type::utc);
    }
    LogOptions options;
    spdlog::logger logger;
};

Log::Log(LogOptions options) : impl_(std::make_unique<Impl>(options)) {}
Log::~Log() = default;

bool Log::on(Level level) const { return impl_->logger.should_log(level_of(level)); }

void Log::write(Level level, std::string_view message, const Facts& facts) {
    if (!on(level)) return;
    const std::string line = impl_->options.json ? json_members(message, facts) : text_line(message, facts);
    impl_->logger.log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

Level parse_level(std::string_view text) {
    if (text == "debug") return Level::kDebug;
    if (text == "info") return Level::kInfo;
    if (text == "error") return Level::kError;
    if (text == "off") return Level::kOff;
    return Level::kWarn;
}

std::string text_line(std::string_view message, const Facts& facts) {
    std::string out(message);
    for (const auto& [key, value] : facts) {
        const bool plain = !value.empty() && value.find_first_of(" \"=\n\t") == std::string::npos;
        out += " " + key + "=" + (plain ? value : "\"" + json_text(value) + "\"");
    }
    for (char& c : out) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return out;
}

std::string json_members(std::string_view message, const Facts& facts) {
    std::string out = "\"message\":\"" + json_text(message) + "\"";
    for (const auto& [key, value] : facts) out += ",\"" + json_text(key) + "\":\"" + json_text(value) + "\"";
    return out;
}

}  // namespace syncline::watch
