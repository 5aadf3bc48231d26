#include "base/time.hpp"

#include <array>
#include <cstdio>

namespace syncline {
namespace {

using namespace std::chrono;

// Eats its text from the front; every reader says whether it found what it wanted.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool literal(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool digits(std::size_t count, int& value) {
        if (rest_.size() < count) return false;
        value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!is_digit(rest_[i])) return false;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return true;
    }
    // 1 to 9 digits after the point; what is finer than a microsecond is cut off.
    bool fraction(int& micros) {
        micros = 0;
        std::size_t count = 0;
        for (; count < rest_.size() && is_digit(rest_[count]); ++count) {
            if (count < 6) micros = micros * 10 + (rest_[count] - '0');
        }
        for (std::size_t i = count; i < 6; ++i) micros *= 10;
        rest_.remove_prefix(count);
        return count >= 1 && count <= 9;
    }
    bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
    bool done() const { return rest_.empty(); }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    std::string_view rest_;
};

bool read_day(Reader& reader, Day& day) {
    int y = 0, m = 0, d = 0;
    if (!reader.digits(4, y) || !reader.literal('-') || !reader.digits(2, m) || !reader.literal('-') ||
        !reader.digits(2, d)) {
        return false;
    }
    const year_month_day date(year(y), month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d)));
    if (!date.ok()) return false;
    day = sys_days(date);
    return true;
}

bool read_clock(Reader& reader, Micros& since_midnight) {
    int h = 0, m = 0, s = 0, micros = 0;
    if (!reader.digits(2, h) || !reader.literal(':') || !reader.digits(2, m) || !reader.literal(':') ||
        !reader.digits(2, s) || h > 23 || m > 59 || s > 59) {
        return false;
    }
    if (reader.literal('.') && !reader.fraction(micros)) return false;
    since_midnight = hours(h) + minutes(m) + seconds(s) + Micros(micros);
    return true;
}

// "Z", "+05:30", "+0530" or "+05" (the last is how PostgreSQL prints it).
bool read_offset(Reader& reader, Micros& offset) {
    offset = Micros(0);
    if (reader.literal('Z')) return true;
    const bool west = reader.literal('-');
    if (!west && !reader.literal('+')) return false;
    int h = 0, m = 0;
    if (!reader.digits(2, h)) return false;
    if ((reader.literal(':') || reader.at_digit()) && !reader.digits(2, m)) return false;
    if (h > 23 || m > 59) return false;
    offset = hours(h) + minutes(m);
    if (west) offset = -offset;
    return true;
}

Error not_a(std::string_view what, std::string_view text) {
    constexpr std::size_t kQuotedMax = 64;
    return make_error(Errc::kInvalid,
                      "not " + std::string(what) + ": \"" + std::string(text.substr(0, kQuotedMax)) + "\"");
}

using Buffer = std::array<char, 64>;

}  // namespace

Result<Time> parse_time(std::string_view text) {
    Reader reader(text);
    Day day;
    Micros since_midnight{}, offset{};
    bool good = read_day(reader, day);
    const bool spaced = good && reader.literal(' ');
    good = good && (spaced || reader.literal('T')) && read_clock(reader, since_midnight);
    // Only Odoo's spelling, the one with a space, may leave the zone out: it is always UTC there.
    if (good && !(spaced && reader.done())) good = read_offset(reader, offset) && reader.done();
    if (!good) return not_a("a time", text);
    return Time(day) + since_midnight - offset;
}

Result<Day> parse_day(std::string_view text) {
    Reader reader(text);
    Day day;
    if (!read_day(reader, day) || !reader.done()) return not_a("a day", text);
    return day;
}

std::string format_day(Day day) {
    const year_month_day date(day);
    Buffer out;
    const int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return std::string(out.data(), static_cast<std::size_t>(size));
}

std::string format_iso(Time time) {
    const Day day = floor<days>(time);
    const hh_mm_ss clock(time - Time(day));
    Buffer out;
    const int size =
        std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d.%06dZ", static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                      static_cast<int>(clock.subseconds().count()));
    return format_day(day).append(out.data(), static_cast<std::size_t>(size));
}

std::string format_odoo(Time time) {
    std::string out = format_iso(time);
    const std::size_t separator = out.find('T');
    out[separator] = ' ';
    out.resize(out.find('.'));
    return out;
}

}  // namespace syncline
