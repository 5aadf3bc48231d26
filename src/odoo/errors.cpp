#include "odoo/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace syncline::odoo {
namespace {

struct Rule {
    std::string_view exception;  // a whole name, or a beginning when it ends in "."
    std::string_view says;       // must be in the message; "" for any
    Errc code;
    bool retry;
};

// First match wins. The names are those that Odoo 14 to 19 answer with; all of them mean that the transaction was
// rolled back.
constexpr std::array kRules{
    Rule{"werkzeug.exceptions.Unauthorized", "", Errc::kUnauthorized, false},
    Rule{"odoo.exceptions.AccessDenied", "", Errc::kUnauthorized, false},
    Rule{"odoo.http.SessionExpiredException", "", Errc::kUnauthorized, false},
    Rule{"odoo.exceptions.AccessError", "", Errc::kForbidden, false},
    Rule{"werkzeug.exceptions.Forbidden", "", Errc::kForbidden, false},
    Rule{"odoo.exceptions.MissingError", "", Errc::kNotFound, false},
    Rule{"werkzeug.exceptions.NotFound", "", Errc::kNotFound, false},
    // JSON-RPC has no status to say "no such model" or "no such method" with
    Rule{"odoo.exceptions.UserError", "doesn't exist", Errc::kNotFound, false},
    Rule{"builtins.AttributeError", "does not exist", Errc::kNotFound, false},
    Rule{"odoo.exceptions.LockError", "", Errc::kUpstream, true},
    Rule{"odoo.exceptions.ConcurrencyError", "", Errc::kUpstream, true},
    Rule{"odoo.exceptions.CacheMiss", "", Errc::kUpstream, true},
    Rule{"odoo.exceptions.", "", Errc::kRefused, false},  // UserError, ValidationError, RedirectWarning, …
    Rule{"werkzeug.exceptions.TooManyRequests", "", Errc::kRateLimited, true},
    Rule{"werkzeug.exceptions.Conflict", "", Errc::kUpstream, true},
    Rule{"werkzeug.exceptions.InternalServerError", "", Errc::kUpstream, true},
    Rule{"werkzeug.exceptions.ServiceUnavailable", "", Errc::kUpstream, true},
    Rule{"werkzeug.exceptions.", "", Errc::kRefused, false},  // BadRequest, UnprocessableEntity, …
    Rule{"builtins.MemoryError", "", Errc::kUpstream, true},
    Rule{"builtins.ConnectionError", "", Errc::kUpstream, true},
    Rule{"builtins.TimeoutError", "", Errc::kUpstream, true},
    Rule{"builtins.", "", Errc::kRefused, false},  // ValueError, TypeError, KeyError: the question is wrong
    Rule{"psycopg2.OperationalError", "does not exist", Errc::kNotConfigured, false},  // the database
    Rule{"psycopg2.errors.UniqueViolation", "", Errc::kRefused, false},
    Rule{"psycopg2.errors.NotNullViolation", "", Errc::kRefused, false},
    Rule{"psycopg2.errors.ForeignKeyViolation", "", Errc::kRefused, false},
    Rule{"psycopg2.errors.CheckViolation", "", Errc::kRefused, false},
    Rule{"psycopg2.", "", Errc::kUpstream, true},  // SerializationFailure, DeadlockDetected, LockNotAvailable, …
};

// What load() puts in its messages when it lost a race: PostgreSQL's own words, and the index that keeps external ids
// unique.
constexpr std::array<std::string_view, 5> kLostRace{"could not serialize access", "deadlock detected",
                                                    "could not obtain lock", "current transaction is aborted",
                                                    "ir_model_data_module_name_uniq"};

bool matches(const Rule& rule, std::string_view name, std::string_view message) {
    const bool named = rule.exception.ends_with('.') ? name.starts_with(rule.exception) : name == rule.exception;
    return named && (rule.says.empty() || message.find(rule.says) != std::string_view::npos);
}

// One line of bounded length: Odoo's messages run over paragraphs, ours go into logs and tables.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : trim(text)) {
        const bool blank = static_cast<unsigned char>(c) <= ' ';
        if (blank && line.ends_with(' ')) continue;
        if (line.size() >= kMessageBytesMax && (static_cast<unsigned char>(c) & 0xC0) != 0x80) return line + "…";
        line += blank ? ' ' : c;
    }
    return line;
}

std::string hint_for(Errc code) {
    switch (code) {
        case Errc::kUnauthorized:
            return "make a new API key in Odoo (Preferences, Security) for an active user and give it to the "
                   "connection";
        case Errc::kForbidden: return "give the connection's Odoo user the access named above, or leave this out";
        case Errc::kNotConfigured: return "check the connection's `database`";
        default: return {};
    }
}

// `… the field "stage_id" on Project …`
std::string_view field_named_in(std::string_view message) {
    constexpr std::string_view kOpening = "field \"";
    const auto start = message.find(kOpening);
    if (start == std::string_view::npos) return {};
    const std::string_view rest = message.substr(start + kOpening.size());
    const auto end = rest.find('"');
    return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
}

std::int64_t retry_after_ms(const net::Headers& headers) {
    const std::string_view text = trim(headers.get("Retry-After"));
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc{} || end != text.data() + text.size() || seconds < 0) return kRetryAfterDefaultMs;
    return std::min<std::int64_t>(seconds, 86'400) * 1'000;
}

bool is_page(const net::HttpResponse& response) {
    return to_lower(response.headers.get("Content-Type")).find("html") != std::string::npos ||
           trim(response.body).starts_with('<');
}

Error with_status(Error error, int status) {
    return std::move(error).with("peer", "odoo").with("status", std::to_string(status));
}

Error found_error(std::string_view what, const net::HttpResponse& response, std::string_view database) {
    if (response.body.find("No database is selected") != std::string::npos) {
        return make_error(Errc::kNotConfigured,
                          fmt::format("{}: the server has no database \"{}\" for this address", what, database),
                          "check the connection's `database` and `url`");
    }
    return make_error(Errc::kNotConfigured,
                      fmt::format("{}: a web page came (HTTP {}), not an answer of Odoo's API", what, response.status),
                      "check the connection's `url` (the address of Odoo itself, without /web) and its `database`");
}

}  // namespace

Error exception_error(std::string_view what, int status, const json::Value& object) {
    const std::string_view name = json::text_or(object, "name");
    const std::string_view message = json::text_or(object, "message");
    // An unknown exception is somebody's own module failing; over JSON-RPC it comes with HTTP 200.
    Errc code = status >= 400 && status < 500 ? Errc::kRefused : Errc::kUpstream;
    bool retry = false;
    for (const Rule& rule : kRules) {
        if (!matches(rule, name, message)) continue;
        code = rule.code;
        retry = rule.retry;
        break;
    }
    if (status == 401) code = Errc::kUnauthorized;
    // The key was good (a bad one is a 401 there): only this one thing is denied.
    if (status == 403 && code == Errc::kUnauthorized) code = Errc::kForbidden;
    if (status == 429) code = Errc::kRateLimited;
    const std::string words = message.empty() ? std::string(name) : one_line(message);
    Error error = make_error(code, fmt::format("{}: {}", what, words), hint_for(code));
    error.details = {{"peer", "odoo"}, {"exception", std::string(name)}, {"status", std::to_string(status)}};
    if (retry) error.details.emplace_back("retry", "true");
    if (code == Errc::kRateLimited) error.details.emplace_back("retry_after_ms", std::to_string(kRetryAfterDefaultMs));
    if (const auto field = field_named_in(message); !field.empty()) error.details.emplace_back("field", field);
    return error;
}

Error page_error(std::string_view what, const net::HttpResponse& response, std::string_view database) {
    const int status = response.status;
    if (status == 429) {
        return with_status(make_error(Errc::kRateLimited, fmt::format("{}: too many calls for this server", what)),
                           status)
            .with("retry_after_ms", std::to_string(retry_after_ms(response.headers)));
    }
    if (status >= 500) {
        return with_status(
            make_error(Errc::kOutcomeUnknown, fmt::format("{}: HTTP {} from in front of Odoo", what, status)), status);
    }
    if (status >= 300 && status < 400) {
        return with_status(
            make_error(Errc::kNotConfigured, fmt::format("{}: the server sends callers to another address", what),
                       fmt::format("set the connection's `url` to where {} leads", response.headers.get("Location"))),
            status);
    }
    if (status == 401) {
        return with_status(
            make_error(Errc::kUnauthorized, fmt::format("{}: something in front of Odoo wants a login", what),
                       hint_for(Errc::kUnauthorized)),
            status);
    }
    if (status == 403) {
        return with_status(make_error(Errc::kForbidden, fmt::format("{}: refused by something in front of Odoo", what),
                                      "let this machine through in the server's proxy or firewall"),
                           status);
    }
    if (status == 413) {
        return with_status(make_error(Errc::kRefused, fmt::format("{}: the request is too large", what)), status);
    }
    if (is_page(response) || status == 404) return with_status(found_error(what, response, database), status);
    if (status >= 400) {
        return with_status(make_error(Errc::kRefused, fmt::format("{}: HTTP {} without a reason", what, status)),
                           status);
    }
    return with_status(make_error(Errc::kOutcomeUnknown, fmt::format("{}: the answer is not whole JSON", what)),
                       status);
}

Error load_error(std::string_view what, const json::Value& answer) {
    std::string_view first = "no record came of it and no reason was given";
    if (const json::Value* messages = json::find(answer, "messages"); messages && messages->is_array()) {
        for (const json::Value& message : messages->get_array()) {
            const std::string_view text = json::text_or(message, "message");
            for (const std::string_view race : kLostRace) {
                if (text.find(race) == std::string_view::npos) continue;
                return make_error(Errc::kUpstream, fmt::format("{}: {}", what, one_line(text))).with("retry", "true");
            }
        }
        for (const json::Value& message : messages->get_array()) {
            if (json::text_or(message, "type") != "error") continue;
            first = json::text_or(message, "message", first);
            break;
        }
    }
    return make_error(Errc::kRefused, fmt::format("{}: {}", what, one_line(first)));
}

Error as_read_error(Error error) {
    if (error.code != Errc::kOutcomeUnknown) return error;
    error.code = Errc::kUpstream;
    return std::move(error).with("retry", "true");
}

bool is_passing(const Error& error) {
    switch (error.code) {
        case Errc::kUnreachable:
        case Errc::kOutcomeUnknown:
        case Errc::kRateLimited: return true;
        case Errc::kUpstream: return error.detail("retry") == "true";
        default: return false;
    }
}

}  // namespace syncline::odoo
