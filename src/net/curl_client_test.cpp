#include "net/curl_client.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "net/testing/raw_sockets.hpp"

namespace syncline::net {
namespace {

using testing::RawListener;
using testing::RawSocket;

std::string url_of(const RawListener& listener, const std::string& path = "/") {
    return "http://127.0.0.1:" + std::to_string(listener.port()) + path;
}

// A server of one connection, as a script.
template <typename F>
std::jthread serve_once(RawListener& listener, F script) {
    return std::jthread([&listener, script] {
        RawSocket peer = listener.accept();
        script(peer);
    });
}

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST(CurlClient, SendsJustWhatItIsTold) {
    RawListener listener;
    std::string seen;
    auto server = serve_once(listener, [&](RawSocket& peer) {
        seen = peer.read_message();
        peer.send(
            "HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
            "X-A: one\r\nx-a:  two \r\nContent-Length: 3\r\n\r\nabc");
    });
    const auto client = make_curl_client({.user_agent = "test/1"});
    const auto response = client->send(HttpRequest{.method = "PATCH",
                                                   .url = url_of(listener, "/a/../b?q=%20"),
                                                   .headers = {{"X-Api-Key", "k"}, {"X-Empty", ""}},
                                                   .body = "12345"});
    server.join();
    ASSERT_TRUE(response.ok()) << response.error().message;
    EXPECT_EQ(response->status, 302) << "redirects are not followed";
    EXPECT_EQ(response->body, "abc");
    EXPECT_FALSE(response->headers.has("X-Interim"));
    EXPECT_EQ(response->headers.get("x-a"), "one");
    EXPECT_TRUE(seen.starts_with("PATCH /a/../b?q=%20 HTTP/1.1\r\n")) << seen;
    for (const char* line : {"X-Api-Key: k\r\n", "X-Empty:", "User-Agent: test/1\r\n", "Content-Length: 5\r\n",
                             "Accept-Encoding: gzip\r\n", "\r\n\r\n12345"}) {
        EXPECT_NE(seen.find(line), std::string::npos) << line << " in " << seen;
    }
    EXPECT_EQ(seen.find("Content-Type"), std::string::npos);
    EXPECT_EQ(seen.find("Expect"), std::string::npos);
}

TEST(CurlClient, UnpacksGzip) {
    RawListener listener;
    // "hello hello hello\n" packed
    constexpr unsigned char kPacked[] = {0x1f, 0x8b, 0x08, 0,    0,    0,    0,    0,    0,    0x03,
                                         0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40, 0x90, 0x5c,
                                         0,    0x3b, 0x7c, 0x8a, 0xdf, 0x12, 0,    0,    0};
    auto server = serve_once(listener, [&](RawSocket& peer) {
        peer.read_message();
        peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(sizeof kPacked) +
                  "\r\n\r\n" + std::string(reinterpret_cast<const char*>(kPacked), sizeof kPacked));
    });
    const auto response = make_curl_client()->send(HttpRequest{.url = url_of(listener)});
    ASSERT_TRUE(response.ok()) << response.error().message;
    EXPECT_EQ(response->body, "hello hello hello\n");
    EXPECT_FALSE(response->headers.has("Content-Encoding"));
    EXPECT_FALSE(response->headers.has("Content-Length"));
}

TEST(CurlClient, NothingSentIsUnreachable) {
    int free_port = 0;
    {
        RawListener listener;
        free_port = listener.port();
    }
    const auto refused =
        make_curl_client()->send(HttpRequest{.method = "POST",
                                             .url = "http://127.0.0.1:" + std::to_string(free_port) + "/p?key=hunter2",
                                             .headers = {{"A", "hunter2"}}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kUnreachable);
    EXPECT_EQ(refused.error().message.find("hunter2"), std::string::npos) << refused.error().message;

    // The peer speaks no TLS: the handshake fails before the request.
    RawListener listener;
    auto server = serve_once(listener, [](RawSocket& peer) { peer.send("no\r\n"), peer.close(); });
    const auto plain = make_curl_client()->send(
        HttpRequest{.method = "POST", .url = "https://127.0.0.1:" + std::to_string(listener.port()) + "/"});
    EXPECT_EQ(plain.error().code, Errc::kUnreachable) << plain.error().message;
}

TEST(CurlClient, SentWithoutAWholeAnswerIsUnknown) {
    using namespace std::chrono_literals;
    for (const std::string_view answer :
         {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"}) {
        RawListener listener;
        auto server = serve_once(listener, [&](RawSocket& peer) { peer.read_message(), peer.send(answer); });
        const auto cut = make_curl_client()->send(HttpRequest{.method = "POST", .url = url_of(listener), .body = "x"});
        ASSERT_FALSE(cut.ok());
        EXPECT_EQ(cut.error().code, Errc::kOutcomeUnknown) << cut.error().message;
    }
    RawListener listener;  // accepts by its backlog and never answers
    const auto late = make_curl_client()->send(HttpRequest{.method = "POST", .url = url_of(listener), .timeout = 50ms});
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.error().code, Errc::kOutcomeUnknown) << late.error().message;
}

// The connection was good once; the second request is read by the peer, and then the connection dies.
// `came_again`: the peer saw that request a second time.
Result<HttpResponse> second_request_dies(const std::string& method, RawListener& listener, bool& came_again) {
    const auto answer_again = [&](int patience_ms) {
        RawSocket again = listener.accept(patience_ms);
        came_again = again.good() && !again.read_message().empty() && again.send(kOk);
    };
    auto server = serve_once(listener, [&](RawSocket& peer) {
        peer.read_message();
        peer.send(kOk);
        peer.read_message();
        peer.close();
        if (method == "GET") answer_again(testing::kPatienceMs);
    });
    auto client = make_curl_client();
    EXPECT_TRUE(client->send(HttpRequest{.url = url_of(listener)}).ok());
    auto result =
        client->send(HttpRequest{.method = method, .url = url_of(listener), .body = method == "GET" ? "" : "{}"});
    client.reset();
    server.join();
    if (method != "GET") answer_again(0);  // whatever the client did is waiting in the listener by now
    return result;
}

TEST(CurlClient, AWriteOnAReusedConnectionIsNeverRepeatedBehindOurBack) {
    for (const char* method : {"POST", "PATCH", "DELETE"}) {
        RawListener listener;
        bool came_again = false;
        const auto result = second_request_dies(method, listener, came_again);
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, Errc::kOutcomeUnknown) << result.error().message;
        EXPECT_FALSE(came_again) << method;
    }
    RawListener listener;
    bool came_again = false;
    EXPECT_TRUE(second_request_dies("GET", listener, came_again).ok()) << "a read may be repeated";
    EXPECT_TRUE(came_again);
}

TEST(CurlClient, RefusesWhatCannotBeSentOrHeld) {
    const auto client = make_curl_client({.body_bytes_max = 10});
    EXPECT_EQ(client->send(HttpRequest{.url = "nowhere"}).error().code, Errc::kInvalid);
    EXPECT_EQ(client->send(HttpRequest{.url = "http://h/", .headers = {{"X", "a\r\nY: b"}}}).error().code,
              Errc::kInvalid);
    EXPECT_EQ(client->send(HttpRequest{.url = "http://h/", .headers = {{"X:", "a"}}}).error().code, Errc::kInvalid);

    for (const auto& [size, code] : {std::pair{10, Errc::kInternal}, {11, Errc::kInvalid}}) {
        RawListener listener;
        auto server = serve_once(listener, [&, size = size](RawSocket& peer) {
            peer.read_message();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
                      std::string(size, 'x'));
        });
        const auto response = client->send(HttpRequest{.url = url_of(listener)});
        EXPECT_EQ(response.ok(), size == 10);
        if (!response.ok()) {
            EXPECT_EQ(response.error().code, code);
        }
    }
}

}  // namespace
}  // namespace syncline::net
