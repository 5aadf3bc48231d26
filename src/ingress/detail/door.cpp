#include "ingress/detail/door.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "base/text.hpp"
#include "ingress/detail/answers.hpp"

namespace syncline::ingress::detail {
namespace {

constexpr std::string_view kHooks = "/hooks/";
constexpr std::string_view kAnyHook = "/webhook";

Refusal refusal(std::uint64_t Counters::*counter, int status, std::string_view code, std::string_view message,
                std::string_view hint) {
    return {refused(status, code, message, hint), counter};
}

Refusal from(const Error& error, std::uint64_t Counters::*counter, int status) {
    return refusal(counter, status, to_string(error.code), error.message, error.hint);
}

std::string_view path_of(const net::HttpRequest& request) {
    return std::string_view(request.url).substr(0, request.url.find('?'));
}

// CI and Standard Webhooks sign alike.
bool same_scheme(Source a, Source b) {
    const auto plain = [](Source source) { return source == Source::kCi ? Source::kStandard : source; };
    return plain(a) == plain(b);
}

// Whom the headers name. They decide nothing; they must only not name somebody else.
std::vector<Source> named_by(const net::Headers& headers) {
    static constexpr std::pair<std::string_view, Source> kMarks[] = {
        {"X-Plane-Signature", Source::kPlane},  {"X-Plane-Event", Source::kPlane},
        {"X-Plane-Delivery", Source::kPlane},   {"X-Sync-Signature", Source::kOdoo},
        {"X-Sync-Timestamp", Source::kOdoo},    {"X-Hub-Signature-256", Source::kGithub},
        {"X-Hub-Signature", Source::kGithub},   {"X-GitHub-Event", Source::kGithub},
        {"X-GitHub-Delivery", Source::kGithub}, {"webhook-signature", Source::kStandard},
        {"webhook-id", Source::kStandard},      {"webhook-timestamp", Source::kStandard}};
    std::vector<Source> named;
    for (const auto& [name, source] : kMarks) {
        if (headers.has(name)) named.push_back(source);
    }
    return named;
}

// The endpoints that an address may mean: one, or for /webhook all.
std::vector<const Endpoint*> addressed(const std::vector<Endpoint>& endpoints, std::string_view path) {
    std::vector<const Endpoint*> found;
    for (const Endpoint& endpoint : endpoints) {
        const bool its_own =
            path.starts_with(kHooks) &&
            path.substr(kHooks.size()) == std::string(to_string(endpoint.source)) + "/" + endpoint.name;
        if (its_own || path == kAnyHook) found.push_back(&endpoint);
    }
    return found;
}

bool is_json(std::string_view content_type) {
    const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

std::optional<Refusal> check_form(const net::HttpRequest& request) {
    const net::Headers& headers = request.headers;
    if (request.method != "POST") {
        Refusal wrong = refusal(&Counters::invalid, 405, "METHOD_NOT_ALLOWED", "events are POSTed", "use POST");
        wrong.answer.headers.set("Allow", "POST");
        return wrong;
    }
    if (request.body.empty() && !headers.has("Content-Length") && !headers.has("Transfer-Encoding")) {
        return refusal(&Counters::invalid, 411, "LENGTH_REQUIRED", "the request has no length",
                       "send Content-Length, or chunks");
    }
    if (request.body.size() > kBodyBytesMax) {
        return Refusal{refused_by_server(413), &Counters::too_large};
    }
    const std::string_view coding = headers.get("Content-Encoding");
    if (!is_json(headers.get("Content-Type")) || !(coding.empty() || iequals(coding, "identity"))) {
        return refusal(&Counters::invalid, 415, "UNSUPPORTED_MEDIA_TYPE", "the body is not application/json",
                       "send Content-Type: application/json, not compressed");
    }
    return std::nullopt;
}

// Whose secret signed it. Every endpoint that is addressed is tried.
const Endpoint* signer(std::span<const Endpoint* const> endpoints, const net::HttpRequest& request, Time now,
                       Error& why) {
    const Endpoint* signer = nullptr;
    for (const Endpoint* endpoint : endpoints) {
        const Result<void> verified = verify(endpoint->source, endpoint->secrets, request.headers, request.body, now);
        if (!verified) why = verified.error();
        if (verified && signer == nullptr) signer = endpoint;
    }
    return signer;
}

}  // namespace

std::variant<Receipt, Refusal> admit(const std::vector<Endpoint>& endpoints, net::HttpRequest request, Time now) {
    const std::vector<const Endpoint*> meant = addressed(endpoints, path_of(request));
    if (meant.empty()) {
        return refusal(&Counters::unknown_endpoint, 404, "NOT_FOUND", "there is no such endpoint",
                       "the address is /hooks/SOURCE/NAME, both as they are configured");
    }
    if (auto wrong = check_form(request)) return std::move(*wrong);
    if (std::all_of(meant.begin(), meant.end(), [](const Endpoint* one) { return one->secrets.empty(); })) {
        return refusal(&Counters::key_missing, 503, to_string(Errc::kKeyMissing), "this endpoint's secret has no value",
                       "the operator of this installation has to set it; until then nothing can be accepted");
    }
    Error why;
    const Endpoint* const endpoint = signer(meant, request, now, why);
    if (endpoint == nullptr) return from(why, &Counters::bad_signature, 401);
    if (path_of(request) == kAnyHook) {
        for (const Source named : named_by(request.headers)) {
            if (same_scheme(named, endpoint->source)) continue;
            return refusal(&Counters::bad_signature, 401, to_string(Errc::kUnauthorized),
                           "the headers name another source than the one that signed", "send one source's headers");
        }
    }
    Result<Understood> understood = understand(endpoint->source, request.headers, request.body);
    if (!understood) return from(understood.error(), &Counters::invalid, 400);
    Receipt receipt;
    receipt.endpoint = endpoint->name;
    receipt.source = endpoint->source;
    receipt.digest = digest_of(endpoint->source, request.headers, request.body);
    receipt.understood = std::move(*understood);
    receipt.headers = kept_headers(endpoint->source, request.headers);
    receipt.body = std::move(request.body);
    receipt.received_at = now;
    receipt.state = receipt.understood.quarantine.empty() ? "received" : "quarantined";
    receipt.reason = receipt.understood.quarantine;
    return receipt;
}

}  // namespace syncline::ingress::detail
