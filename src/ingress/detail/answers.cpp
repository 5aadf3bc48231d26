#include "ingress/detail/answers.hpp"

#include "json/json.hpp"

namespace syncline::ingress::detail {
namespace {

net::HttpResponse json_answer(int status, const json::Object& body) {
    return {status, {{"Content-Type", "application/json"}}, json::canonical(body) + "\n"};
}

}  // namespace

net::HttpResponse accepted(const Stored& stored) {
    return json_answer(200,
                       {{"receipt", stored.id}, {"duplicate", stored.duplicate}, {"correlation", stored.correlation}});
}

net::HttpResponse refused(int status, std::string_view code, std::string_view message, std::string_view hint) {
    json::Object error{{"code", code}, {"message", message}, {"hint", hint}};
    return json_answer(status, {{"error", std::move(error)}});
}

net::HttpResponse refused_by_server(int status) {
    switch (status) {
        case 408: return refused(408, "TIMEOUT", "the request was not whole in time", "send it again, faster");
        case 413: return refused(413, "TOO_LARGE", "the body is too long", "an event has at most 1 MiB");
        case 431: return refused(431, "TOO_LARGE", "the headers are too long", "");
        case 501: return refused(501, "UNSUPPORTED", "this transfer encoding is not understood", "");
        default: return refused(status, "INVALID", "this is not an HTTP request", "");
    }
}

}  // namespace syncline::ingress::detail
