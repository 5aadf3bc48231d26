// The program's log: lines on standard error for operators. Not for what a command answers.
// Secrets cannot get in: vault::Secret has no text form, and errors are redacted where they are made.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace syncline::watch {

enum class Level { kDebug, kInfo, kWarn, kError, kOff };

struct LogOptions {
    Level level = Level::kWarn;
    bool json = false;  // one JSON object a line: at, level, message and the facts
};

using Facts = std::vector<std::pair<std::string, std::string>>;

// Safe from many threads. Lines are whole, in order, and written at once.
class Log {
public:
    explicit Log(LogOptions options);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    bool on(Level level) const;
    void write(Level level, std::string_view message, const Facts& facts = {});
    void debug(std::string_view message, const Facts& facts = {}) { write(Level::kDebug, message, facts); }
    void info(std::string_view message, const Facts& facts = {}) { write(Level::kInfo, message, facts); }
    void warn(std::string_view message, const Facts& facts = {}) { write(Level::kWarn, message, facts); }
    void error(std::string_view message, const Facts& facts = {}) { write(Level::kError, message, facts); }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// "debug", "info", "warn", "error", "off"; anything else is kWarn.
Level parse_level(std::string_view text);
// How a line looks after its time and level. Pure.
std::string text_line(std::string_view message, const Facts& facts);
std::string json_members(std::string_view message, const Facts& facts);

}  // namespace syncline::watch
