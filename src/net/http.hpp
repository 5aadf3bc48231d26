// HTTP as the product sees it: plain values, and one seam (HttpClient) behind which a network, a recording or a
// simulator answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace syncline::net {

class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> list) : list_(list) {}
    // Names are compared without regard to case. "" when absent.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    void add(std::string name, std::string value) { list_.emplace_back(std::move(name), std::move(value)); }
    auto begin() const { return list_.begin(); }
    auto end() const { return list_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};  // absolute for a client ("http://host:port/path?query"); path and query for a handler
    Headers headers = {};
    std::string body = {};
    std::chrono::milliseconds timeout{30'000};
};

// "POST http://host/path": what an error may say about a request. Queries and headers can carry secrets.
std::string without_query(const HttpRequest& request);

struct HttpResponse {
    int status = 200;
    Headers headers = {};
    std::string body = {};
};

// Answers one request. Called from several threads at once.
using Handler = std::function<HttpResponse(const HttpRequest&)>;

// Any HTTP status is a success of the transport. Failures:
//   kUnreachable     nothing reached the peer (name, connect, TLS): safe to repeat
//   kOutcomeUnknown  the request was sent and no whole answer came: the peer may have acted on it
//   kInvalid         the URL cannot be used
// Redirects are not followed. Safe from many threads.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual Result<HttpResponse> send(const HttpRequest& request) = 0;
};

// How many requests went out, by a name of what they asked for; and all of them together.
using CallCounts = std::map<std::string, std::int64_t>;
std::int64_t total(const CallCounts& counts);

// A client whose peer is a function in this process: simulators and tests.
// A handler that throws DropConnection makes send() fail with kOutcomeUnknown, `before_effect` or not alike.
struct DropConnection {};
class HandlerClient final : public HttpClient {
public:
    explicit HandlerClient(Handler handler) : handler_(std::move(handler)) {}
    Result<HttpResponse> send(const HttpRequest& request) override;

private:
    Handler handler_;
};

}  // namespace syncline::net
