#include "net/http.hpp"

#include <algorithm>
#include <exception>

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::net {
namespace {

template <typename List>
auto find_header(List& list, std::string_view name) {
    return std::find_if(list.begin(), list.end(), [&](const auto& header) { return iequals(header.first, name); });
}

}  // namespace

std::string_view Headers::get(std::string_view name) const {
    const auto found = find_header(list_, name);
    return found == list_.end() ? std::string_view() : std::string_view(found->second);
}

bool Headers::has(std::string_view name) const { return find_header(list_, name) != list_.end(); }

void Headers::set(std::string_view name, std::string value) {
    remove(name);
    add(std::string(name), std::move(value));
}

void Headers::remove(std::string_view name) {
    std::erase_if(list_, [&](const auto& header) { return iequals(header.first, name); });
}

std::string without_query(const HttpRequest& request) {
    return request.method + " " + request.url.substr(0, request.url.find_first_of("?#"));
}

std::int64_t total(const CallCounts& counts) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : counts) sum += count;
    return sum;
}

Result<HttpResponse> HandlerClient::send(const HttpRequest& request) {
    const Url url = TRY(parse_url(request.url));
    HttpRequest seen = request;
    seen.url = url.query.empty() ? url.path : url.path + "?" + url.query;
    if (!seen.headers.has("Host")) seen.headers.set("Host", url.origin().substr(url.scheme.size() + 3));
    try {
        HttpResponse response = handler_(seen);
        if (request.method == "HEAD") response.body.clear();
        return response;
    } catch (const DropConnection&) {
        return make_error(Errc::kOutcomeUnknown,
                          "the connection was closed without an answer: " + without_query(request));
    } catch (const std::exception&) {
        // As a server does: the client learns that it failed and not why.
        return HttpResponse{500, {{"Content-Type", "text/plain"}}, "internal error\n"};
    }
}

}  // namespace syncline::net
