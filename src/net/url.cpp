#include "net/url.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace syncline::net {
namespace {

constexpr int kPortMax = 65'535;

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_host(std::string_view host) {
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) {
        host = host.substr(1, host.size() - 2);
        return std::all_of(host.begin(), host.end(), [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
    }
    return !host.empty() && std::all_of(host.begin(), host.end(),
                                        [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

// The text itself is not repeated: it may hold a password.
Error bad_url(std::string_view why) {
    return make_error(Errc::kInvalid, "not a usable URL: " + std::string(why), "use http(s)://host[:port]/path");
}

Result<int> read_port(std::string_view text) {
    int port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failure != std::errc() || end != text.data() + text.size() || port < 1 || port > kPortMax) {
        return bad_url("the port must be a number from 1 to 65535");
    }
    return port;
}

}  // namespace

std::string Url::origin() const {
    std::string text = scheme + "://" + host;
    if (port != default_port(scheme)) text += ":" + std::to_string(port);
    return text;
}

Result<Url> parse_url(std::string_view text) {
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; })) {
        return bad_url("it holds a space or a control character");
    }
    const std::size_t mark = text.find("://");
    if (mark == std::string_view::npos) return bad_url("it is not absolute");
    Url url;
    url.scheme = to_lower(text.substr(0, mark));
    if (url.scheme != "http" && url.scheme != "https") return bad_url("the scheme must be http or https");
    text.remove_prefix(mark + 3);

    const std::size_t authority_end = std::min(text.find_first_of("/?#"), text.size());
    std::string_view authority = text.substr(0, authority_end);
    text.remove_prefix(authority_end);
    if (authority.find('@') != std::string_view::npos) return bad_url("a user or password does not belong in it");
    url.port = default_port(url.scheme);
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
        url.port = TRY(read_port(authority.substr(colon + 1)));
        authority = authority.substr(0, colon);
    }
    if (!is_host(authority)) return bad_url("the host is missing or malformed");
    url.host = to_lower(authority);

    text = text.substr(0, text.find('#'));  // the fragment is for browsers only
    const std::size_t question = text.find('?');
    url.path = text.substr(0, question);
    if (url.path.empty()) url.path = "/";
    if (question != std::string_view::npos) url.query = text.substr(question + 1);
    return url;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 15]);
        }
    }
    return out;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) {
            out.push_back(text[i]);
        } else {
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return out;
}

std::string encode_query(const Query& query) {
    std::string out;
    for (const auto& [name, value] : query) {
        if (!out.empty()) out.push_back('&');
        out += percent_encode(name) + "=" + percent_encode(value);
    }
    return out;
}

Query decode_query(std::string_view text) {
    const auto decode = [](std::string_view part) {
        std::string spaced(part);
        std::replace(spaced.begin(), spaced.end(), '+', ' ');
        return percent_decode(spaced);
    };
    Query query;
    for (const std::string& part : split(text, '&')) {
        if (part.empty()) continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string_view view(part);
        query.emplace_back(decode(view.substr(0, equals)), decode(view.substr(std::min(equals + 1, part.size()))));
    }
    return query;
}

std::string join_path(std::string_view left, std::string_view right) {
    if (right.empty()) return std::string(left);
    while (!left.empty() && left.back() == '/') left.remove_suffix(1);
    while (!right.empty() && right.front() == '/') right.remove_prefix(1);
    return std::string(left).append("/").append(right);
}

}  // namespace syncline::net
