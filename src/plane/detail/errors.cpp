#include "plane/detail/errors.hpp"

#include <charconv>

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::plane::detail {
namespace {

constexpr std::size_t kMessageBytesMax = 500;
constexpr std::size_t kFieldsBytesMax = 4096;  // more is left out: half a JSON text helps nobody
constexpr std::string_view kKeyPrefix = "plane_api_";
constexpr std::string_view kDeadKey = "Given API token is not valid";
constexpr std::string_view kNoRoute = "Page not found.";

constexpr std::string_view kUrlHint = "check that plane.url is the address of Plane itself and reaches its API";

bool is_prose_key(std::string_view key) {
    return key == "detail" || key == "error" || key == "message" || key == "error_message";
}

// Field errors, as against a sentence for the whole request.
bool has_field_errors(const json::Object& body) {
    for (const auto& [key, value] : body) {
        if (is_prose_key(key) || key == "code" || key == "id") return false;
    }
    return !body.empty();
}

void add_words(const json::Value& value, const std::string& where, std::vector<std::string>& out) {
    if (value.is_string()) {
        const std::string text(value.get_string());
        out.push_back(where.empty() ? text : where + ": " + text);
    } else if (value.is_array()) {
        for (const auto& element : value.get_array()) add_words(element, where, out);
    } else if (value.is_object()) {
        for (const auto& [key, member] : value.get_object()) {
            const std::string name = key == "non_field_errors" ? std::string() : std::string(key);
            const bool both = !where.empty() && !name.empty();
            add_words(member, where + (both ? " " : "") + name, out);
        }
    }
}

Errc code_of(int status, std::string_view words) {
    switch (status) {
        case 401: return Errc::kUnauthorized;
        case 402: return Errc::kUnsupported;  // the plan of this workspace does not include it
        case 403: return words.find(kDeadKey) != std::string_view::npos ? Errc::kUnauthorized : Errc::kForbidden;
        case 404:
        case 410: return Errc::kNotFound;
        case 405: return Errc::kUnsupported;
        case 409: return Errc::kConflict;
        case 415: return Errc::kInternal;  // we always send JSON
        case 429: return Errc::kRateLimited;
        default: return status >= 500 ? Errc::kUpstream : Errc::kRefused;
    }
}

std::string hint_for(int status, Errc code) {
    if (code == Errc::kUnauthorized) return "make a new API key in Plane (Profile settings, API tokens) and set it";
    if (status == 403) return "give the user of the key a role in this workspace and project, and check the slug";
    if (status == 402) return "this needs a higher plan of Plane";
    if (status == 413) return "Plane takes 5 MiB by default (FILE_SIZE_LIMIT): shorten the text";
    return {};
}

// A redirect to the same place with a "/" more is our own mistake; one to another scheme or host is the
// configuration's.
Error redirect(const net::HttpResponse& response, std::string_view request_url) {
    const std::string location(response.headers.get("Location"));
    const auto from = net::parse_url(request_url);
    const auto to = net::parse_url(location);
    if (from && to && from->origin() != to->origin()) {
        return make_error(Errc::kNotConfigured, "Plane is at another address: redirected to " + to->origin(),
                          "set plane.url to " + to->origin());
    }
    return make_error(Errc::kInternal,
                      "Plane redirected to " + presentable(location) + ": the path is not as it wants it");
}

}  // namespace

std::string presentable(std::string_view text) {
    std::string out(text.substr(0, kMessageBytesMax));
    if (text.size() > kMessageBytesMax) {
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
        if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0) out.pop_back();
        out += "...";
    }
    for (std::size_t at = out.find(kKeyPrefix); at != std::string::npos; at = out.find(kKeyPrefix, at + 1)) {
        std::size_t end = at + kKeyPrefix.size();
        while (end < out.size() && std::isalnum(static_cast<unsigned char>(out[end])) != 0) ++end;
        out.replace(at + kKeyPrefix.size(), end - at - kKeyPrefix.size(), "***");
    }
    return out;
}

std::string in_words(const json::Value& body) {
    for (const std::string_view key : {"detail", "error", "message", "error_message"}) {
        if (const auto words = json::text_or(body, key); !words.empty()) return presentable(words);
    }
    std::vector<std::string> words;
    add_words(body, "", words);
    return presentable(join(words, "; "));
}

bool is_html(const net::HttpResponse& response) {
    if (to_lower(response.headers.get("Content-Type")).starts_with("text/html")) return true;
    return trim(response.body).starts_with('<');
}

bool route_missing(const Error& error) { return error.detail("route") == "missing"; }

Error error_of(const net::HttpResponse& response, std::string_view request_url) {
    const int status = response.status;
    const auto with_status = [&](Error error) {
        return std::move(error).with("peer", "plane").with("status", std::to_string(status));
    };
    if (status >= 300 && status < 400) return with_status(redirect(response, request_url));
    const bool html = is_html(response);
    if (html && status < 500 && status != 413 && status != 429) {
        return with_status(
            make_error(Errc::kNotConfigured,
                       "a web page answered where Plane's API was expected (HTTP " + std::to_string(status) + ")",
                       std::string(kUrlHint)));
    }
    const auto parsed = html ? Result<json::Value>(json::Value()) : json::parse(response.body);
    const json::Value body = parsed ? *parsed : json::Value();
    const std::string words = in_words(body);
    const Errc code = code_of(status, words);
    Error error = with_status(
        make_error(code, "Plane answered HTTP " + std::to_string(status) + (words.empty() ? "" : ": " + words),
                   hint_for(status, code)));
    if (status == 404 && words == kNoRoute) error = std::move(error).with("route", "missing");
    if (const auto id = json::text_or(body, "id"); !id.empty()) error = std::move(error).with("id", std::string(id));
    if (const auto name = json::text_or(body, "code"); !name.empty())
        error = std::move(error).with("code", std::string(name));
    if (code == Errc::kRefused && body.is_object() && has_field_errors(body.get_object())) {
        const std::string fields = json::canonical(body);
        if (fields.size() <= kFieldsBytesMax) error = std::move(error).with("fields", fields);
    }
    return error;
}

std::optional<Time> parse_http_date(std::string_view text) {
    // "Sat, 21 Nov 2026 00:12:56 GMT": fixed columns.
    static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || text.substr(26) != "GMT") return std::nullopt;
    const auto month = kMonths.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    const std::string number = std::to_string(month / 3 + 1);
    const std::string iso = std::string(text.substr(12, 4)) + "-" + (number.size() < 2 ? "0" : "") + number + "-" +
                            std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z";
    const auto time = parse_time(iso);
    return time ? std::optional<Time>(*time) : std::nullopt;
}

std::optional<Micros> retry_after(const net::HttpResponse& response, Time now) {
    const std::string_view text = trim(response.headers.get("Retry-After"));
    if (text.empty()) return std::nullopt;
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem == std::errc() && end == text.data() + text.size() && seconds >= 0) {
        constexpr std::int64_t kSecondsMax = 86'400;
        return std::chrono::seconds(std::min(seconds, kSecondsMax));
    }
    if (const auto date = parse_http_date(text)) return std::max(*date - now, Micros(0));
    return std::nullopt;
}

}  // namespace syncline::plane::detail
