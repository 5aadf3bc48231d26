// HttpClient over the network, by libcurl: proxies, TLS and compression come with it.
#pragma once

#include <memory>

#include "net/http.hpp"

namespace syncline::net {

struct CurlOptions {
    std::string user_agent = "syncline";
    std::size_t body_bytes_max = 256u << 20;  // a longer answer fails with kInvalid
    std::chrono::milliseconds connect_timeout{10'000};
};

// Keeps connections open and shares them between threads.
std::unique_ptr<HttpClient> make_curl_client(CurlOptions options = {});

}  // namespace syncline::net
