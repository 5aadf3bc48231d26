#include "sim/odoo/detail/values.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>

#include "base/text.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::string_view kDatetimeFormat = "%Y-%m-%d %H:%M:%S";

bool falsy(const json::Value& value) {
    if (value.is_null()) return true;
    if (value.is_bool()) return !value.get_bool();
    if (value.is_int64()) return value.get_int64() == 0;
    if (value.is_double()) return value.get_double() == 0;
    if (value.is_string()) return value.get_string().empty();
    if (value.is_array()) return value.get_array().empty();
    return false;
}

std::int64_t to_integer(const json::Value& value) {
    if (falsy(value)) return 0;
    if (value.is_bool()) return 1;
    if (value.is_int64()) return value.get_int64();
    if (value.is_double()) return static_cast<std::int64_t>(value.get_double());
    if (value.is_string()) {
        const std::string text(trim(value.get_string()));
        char* end = nullptr;
        const std::int64_t number = std::strtoll(text.c_str(), &end, 10);
        if (end != text.c_str() && *end == '\0') return number;
        throw value_error("invalid literal for int() with base 10: " + python_repr(value));
    }
    throw type_error(fmt::format("int() argument must be a string, a bytes-like object or a real number, not '{}'",
                                 value.is_array() ? "list" : "dict"));
}

double to_float(const json::Value& value) {
    if (falsy(value)) return 0;
    if (value.is_string()) {
        const std::string text(value.get_string());
        char* end = nullptr;
        const double number = std::strtod(text.c_str(), &end);
        if (end != text.c_str() && *end == '\0') return number;
        throw value_error("could not convert string to float: " + python_repr(value));
    }
    if (value.is_double()) return value.get_double();
    if (value.is_int64()) return static_cast<double>(value.get_int64());
    if (value.is_bool()) return 1;
    throw type_error(fmt::format("float() argument must be a string or a real number, not '{}'",
                                 value.is_array() ? "list" : "dict"));
}

std::string to_text(const json::Value& value) {
    if (value.is_string()) return std::string(value.get_string());
    return python_repr(value);
}

Failure wrong_value(const Model& model, const Field& field, const json::Value& value) {
    return value_error(fmt::format("Wrong value for {}.{}: {}", model.name, field.name, python_repr(value)));
}

Cell to_reference(const Model& model, const Field& field, const json::Value& value) {
    if (value.is_int64()) return value.get_int64() == 0 ? Cell{} : Cell{value.get_int64()};
    if (falsy(value)) return {};
    throw wrong_value(model, field, value);
}

Cell to_selection(const Model& model, const Field& field, const json::Value& value) {
    if (value.is_null() || (value.is_bool() && !value.get_bool())) return {};
    if (value.is_string()) {
        const std::string text(value.get_string());
        for (const auto& [key, label] : field.selection) {
            if (key == text) return text;
        }
        if (field.open_selection) return text;
    }
    throw wrong_value(model, field, value);
}

// Reads as many digits as strptime would for one directive.
bool read_number(std::string_view& text, std::size_t digits_max, int low, int high, int& out) {
    std::size_t length = 0;
    int number = 0;
    while (length < digits_max && length < text.size() && text[length] >= '0' && text[length] <= '9') {
        number = number * 10 + (text[length++] - '0');
    }
    if (length == 0 || number < low || number > high) return false;
    text.remove_prefix(length);
    out = number;
    return true;
}

struct Moment {
    int year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};

Moment strptime_like(const std::string& text, std::string_view format) {
    Moment moment;
    std::string_view rest = text;
    bool good = true;
    for (std::size_t i = 0; good && i < format.size(); ++i) {
        if (format[i] != '%') {
            good = !rest.empty() && rest.front() == format[i];
            if (good) rest.remove_prefix(1);
            continue;
        }
        ++i;
        const char directive = i < format.size() ? format[i] : ' ';
        switch (directive) {
            case 'Y': good = rest.size() >= 4 && read_number(rest, 4, 1, 9999, moment.year); break;
            case 'm': good = read_number(rest, 2, 1, 12, moment.month); break;
            case 'd': good = read_number(rest, 2, 1, 31, moment.day); break;
            case 'H': good = read_number(rest, 2, 0, 23, moment.hour); break;
            case 'M': good = read_number(rest, 2, 0, 59, moment.minute); break;
            case 'S': good = read_number(rest, 2, 0, 61, moment.second); break;
            default: throw value_error(fmt::format("stray % in format '{}'", format));
        }
    }
    if (!good) {
        throw value_error(fmt::format("time data {} does not match format '{}'", python_quote(text), format));
    }
    if (!rest.empty()) throw value_error(fmt::format("unconverted data remains: {}", rest));
    const std::chrono::year_month_day date{std::chrono::year(moment.year), std::chrono::month(unsigned(moment.month)),
                                           std::chrono::day(unsigned(moment.day))};
    if (!date.ok()) throw value_error("day is out of range for month");
    return moment;
}

// The size of what a base64 text holds, as Odoo prints it.
std::string binary_size(const std::string& base64) {
    const std::size_t padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
    const std::size_t bytes = base64.size() / 4 * 3 - padding;
    double size = static_cast<double>(bytes);
    std::string_view unit = "bytes";
    for (const std::string_view next : {"Kb", "Mb", "Gb"}) {
        if (size < 1024) break;
        size /= 1024;
        unit = next;
    }
    return fmt::format("{:.2f} {}", size, unit);
}

std::string strip_block(std::string html, std::string_view tag) {
    const std::string open = fmt::format("<{}", tag);
    const std::string close = fmt::format("</{}>", tag);
    for (std::size_t start = 0; (start = to_lower(html).find(open, start)) != std::string::npos;) {
        const std::size_t end = to_lower(html).find(close, start);
        html.erase(start, end == std::string::npos ? std::string::npos : end + close.size() - start);
    }
    return html;
}

std::string strip_event_handlers(std::string html) {
    for (std::size_t at = 0; (at = html.find(" on", at)) != std::string::npos;) {
        std::size_t end = at + 3;
        while (end < html.size() && std::isalpha(static_cast<unsigned char>(html[end])) != 0) ++end;
        const bool attribute = end > at + 3 && end + 1 < html.size() && html[end] == '=' &&
                               (html[end + 1] == '"' || html[end + 1] == '\'') &&
                               html.rfind('<', at) != std::string::npos &&
                               (html.rfind('>', at) == std::string::npos || html.rfind('>', at) < html.rfind('<', at));
        const std::size_t close = attribute ? html.find(html[end + 1], end + 2) : std::string::npos;
        if (close == std::string::npos) {
            at += 3;
        } else {
            html.erase(at, close + 1 - at);
        }
    }
    return html;
}

}  // namespace

std::int64_t parse_written_datetime(const std::string& text) {
    // Odoo cuts the format to the length of the text, which is how a bare date becomes midnight.
    const std::size_t length = text.size() < 2 ? kDatetimeFormat.size() : text.size() - 2;
    const Moment m = strptime_like(text, kDatetimeFormat.substr(0, length));
    const Day day = std::chrono::year(m.year) / m.month / m.day;
    const auto time = Time(day.time_since_epoch()) + std::chrono::hours(m.hour) + std::chrono::minutes(m.minute) +
                      std::chrono::seconds(m.second);
    return time.time_since_epoch().count();
}

std::string parse_written_date(const std::string& text) {
    const std::string head = text.substr(0, 10);
    const Moment m = strptime_like(head, kDatetimeFormat.substr(0, 8));
    return fmt::format("{:04}-{:02}-{:02}", m.year, m.month, m.day);
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&#34;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string clean_html(std::string_view html) {
    if (html.empty()) return "";
    if (html.find('<') == std::string_view::npos) return fmt::format("<p>{}</p>", html);
    return strip_event_handlers(strip_block(strip_block(std::string(html), "script"), "style"));
}

std::string show_datetime(std::int64_t micros) { return format_odoo(Time(Micros(micros))); }

Cell to_cell(const Model& model, const Field& field, const json::Value& value) {
    const bool none = value.is_null() || (value.is_bool() && !value.get_bool());
    switch (field.type) {
        case Type::kBoolean: return !falsy(value);
        case Type::kInteger:
        case Type::kReference: return to_integer(value);
        case Type::kFloat: return to_float(value);
        case Type::kSelection: return to_selection(model, field, value);
        case Type::kMany2one: return to_reference(model, field, value);
        case Type::kChar:
        case Type::kText: return none ? Cell{} : Cell{to_text(value)};
        case Type::kHtml: return none ? Cell{} : Cell{clean_html(to_text(value))};
        case Type::kBinary: return falsy(value) ? Cell{} : Cell{to_text(value)};
        case Type::kDate: return falsy(value) ? Cell{} : Cell{parse_written_date(to_text(value))};
        case Type::kDatetime: return falsy(value) ? Cell{} : Cell{parse_written_datetime(to_text(value))};
        case Type::kJson:
        case Type::kProperties: return falsy(value) ? Cell{} : Cell{json::canonical(value)};
        case Type::kOne2many:
        case Type::kMany2many: break;
    }
    return {};
}

json::Value show(const Env& env, const Field& field, const Cell& value, bool plain) {
    switch (field.type) {
        case Type::kBoolean: return truth(value);
        case Type::kInteger:
        case Type::kReference: return integer(value);
        case Type::kFloat: {
            const auto* number = std::get_if<double>(&value);
            return number != nullptr ? *number : 0.0;
        }
        case Type::kDatetime: return empty(value) ? json::Value(false) : json::Value(show_datetime(integer(value)));
        case Type::kMany2one: {
            if (empty(value)) return false;
            if (plain) return integer(value);
            const Model* other = env.registry.find(field.relation);
            if (other != nullptr) return json::Array{integer(value), env.display_name(*other, integer(value))};
            // Every project owns an unused mail alias; other models outside the simulation have no names.
            if (field.relation == "mail.alias") return json::Array{integer(value), "Inactive Alias"};
            return json::Array{integer(value), fmt::format("{},{}", field.relation, integer(value))};
        }
        case Type::kOne2many:
        case Type::kMany2many: {
            json::Array out;
            for (const std::int64_t id : ids(value)) out.emplace_back(id);
            return out;
        }
        case Type::kBinary:
            if (empty(value)) return false;
            return json::Value(env.context.bin_size ? binary_size(text(value)) : text(value));
        case Type::kProperties:
            if (empty(value)) return json::Array{};
            [[fallthrough]];
        case Type::kJson: {
            if (empty(value)) return false;
            auto parsed = json::parse(text(value));
            return parsed ? std::move(*parsed) : json::Value(false);
        }
        default: return empty(value) ? json::Value(false) : json::Value(text(value));
    }
}

}  // namespace syncline::sim::odoo_detail
