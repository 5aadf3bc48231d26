#include "net/http_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "net/curl_client.hpp"
#include "net/testing/raw_sockets.hpp"

namespace syncline::net {
namespace {

using testing::RawSocket;
using namespace std::chrono_literals;

std::unique_ptr<HttpServer> started(Handler handler, ServerOptions options = {}) {
    auto server = serve(std::move(handler), options);
    EXPECT_TRUE(server.ok()) << server.error().message;
    return std::move(server).value();
}

std::string url_of(const HttpServer& server, const std::string& path = "/") {
    return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

HttpResponse echo(const HttpRequest& request) {
    return {200, {{"X-Method", request.method}, {"X-Url", request.url}}, request.body};
}

std::string get(const std::string& path, const std::string& more = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + more + "\r\n";
}

TEST(HttpServer, AnswersManyClientsAtOnceEachItsOwn) {
    const auto server = started(echo);
    const auto client = make_curl_client();
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 200; ++i) {
                    const std::string text = std::to_string(t) + "/" + std::to_string(i);
                    const auto response = client->send(HttpRequest{.method = "POST",
                                                                   .url = url_of(*server, "/p?" + text),
                                                                   .body = std::string(i * 50u, 'x') + text});
                    if (!response || response->body != std::string(i * 50u, 'x') + text ||
                        response->headers.get("X-Url") != "/p?" + text) {
                        ++wrong;
                    }
                }
            });
        }
    }
    EXPECT_EQ(wrong, 0);
}

TEST(HttpServer, CarriesLargeBodiesBothWays) {
    const auto server = started(echo, {.body_bytes_max = 32u << 20});
    std::string body(20u << 20, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 >> 3);
    const auto response = make_curl_client()->send(HttpRequest{.method = "PUT", .url = url_of(*server), .body = body});
    ASSERT_TRUE(response.ok()) << response.error().message;
    EXPECT_TRUE(response->body == body);
    const auto chunked =
        make_curl_client()->send(HttpRequest{.method = "PUT",
                                             .url = url_of(*server),
                                             .headers = {{"Transfer-Encoding", "chunked"}, {"Expect", "100-continue"}},
                                             .body = body});
    ASSERT_TRUE(chunked.ok()) << chunked.error().message;
    EXPECT_TRUE(chunked->body == body);
}

TEST(HttpServer, EveryMethodPasses) {
    const auto server = started(echo);
    const auto client = make_curl_client();
    for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        const std::string body = std::string(method) == "HEAD" ? "" : "x";
        for (const std::string& sent : {std::string(), body}) {
            const auto response =
                client->send(HttpRequest{.method = method, .url = url_of(*server, "/m"), .body = sent});
            ASSERT_TRUE(response.ok()) << method << ": " << response.error().message;
            EXPECT_EQ(response->headers.get("X-Method"), method);
            EXPECT_EQ(response->body, sent) << method;
        }
    }
}

TEST(HttpServer, ASlowSenderBlocksNobody) {
    const auto server = started(echo, {.threads = 1});
    const auto client = make_curl_client();
    RawSocket slow = RawSocket::connect(server->port());
    const std::string request = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";
    for (const char byte : request) {
        ASSERT_TRUE(slow.send({&byte, 1}));
        ASSERT_TRUE(client->send(HttpRequest{.url = url_of(*server)}).ok());
    }
    EXPECT_TRUE(slow.read_message().ends_with("\r\n\r\nbody"));
}

TEST(HttpServer, IdleConnectionsHoldNoThread) {
    const auto server = started(echo, {.threads = 1});
    std::vector<RawSocket> idle;
    for (int i = 0; i < 200; ++i) {
        idle.push_back(RawSocket::connect(server->port()));
        ASSERT_TRUE(idle.back().send(get("/first")));
        ASSERT_FALSE(idle.back().read_message().empty());
    }
    EXPECT_TRUE(make_curl_client()->send(HttpRequest{.url = url_of(*server)}).ok());
    for (RawSocket& socket : idle) {
        ASSERT_TRUE(socket.send(get("/second")));
        ASSERT_NE(socket.read_message().find("X-Url: /second"), std::string::npos);
    }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
    const auto server = started(echo, {.threads = 4});
    RawSocket socket = RawSocket::connect(server->port());
    std::string all;
    for (int i = 0; i < 500; ++i) all += get("/" + std::to_string(i));
    ASSERT_TRUE(socket.send(all));
    for (int i = 0; i < 500; ++i) {
        ASSERT_NE(socket.read_message().find("X-Url: /" + std::to_string(i) + "\r\n"), std::string::npos) << i;
    }
}

TEST(HttpServer, KeepsTheRulesOfTheProtocol) {
    const auto server = started([](const HttpRequest& request) {
        if (request.url == "/none") return HttpResponse{204, {}, "ignored"};
        if (request.url == "/split")
            return HttpResponse{200, {{"X", "a\r\nSet-Cookie: b"}, {"Content-Length", "99"}}, "ok"};
        return HttpResponse{200, {}, "body"};
    });
    RawSocket socket = RawSocket::connect(server->port());
    socket.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    socket.send(get("/none"));
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 204 No Content\r\n\r\n");
    socket.send(get("/split"));
    EXPECT_EQ(socket.read_message(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    socket.send("x");
    EXPECT_EQ(socket.read_message(), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
    socket.send(get("/", "Connection: close\r\n"));
    EXPECT_EQ(socket.read_all(), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");

    RawSocket old = RawSocket::connect(server->port());
    old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(old.read_message(), "HTTP/1.0 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nbody");
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.read_all().ends_with("\r\nConnection: close\r\n\r\nbody"));
}

TEST(HttpServer, HoldsItsLimits) {
    const auto server = started(echo, {.body_bytes_max = 1000, .header_bytes_max = 2000});
    const auto refusal = [&](const std::string& text) {
        RawSocket socket = RawSocket::connect(server->port());
        socket.send(text);
        const std::string answer = socket.read_all();
        EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos) << answer;
        return answer.substr(0, answer.find("\r\n"));
    };
    EXPECT_EQ(refusal("nonsense\r\n\r\n"), "HTTP/1.1 400 Bad Request");
    EXPECT_EQ(refusal(get("/", "X: " + std::string(3000, 'x') + "\r\n")),
              "HTTP/1.1 431 Request Header Fields Too Large");
    // More than the sockets hold is still to come when the refusal is sent.
    EXPECT_EQ(refusal("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n" + std::string(8'000'000, 'x')),
              "HTTP/1.1 413 Content Too Large");
}

TEST(HttpServer, TheLongestIdleMakesRoomForANewOne) {
    const auto server = started(echo, {.connections_max = 3});
    std::vector<RawSocket> kept;
    for (int i = 0; i < 3; ++i) {
        kept.push_back(RawSocket::connect(server->port()));
        kept.back().send(get("/"));
        ASSERT_FALSE(kept.back().read_message().empty());
    }
    kept[0].send(get("/again"));
    ASSERT_FALSE(kept[0].read_message().empty());
    RawSocket fourth = RawSocket::connect(server->port());
    fourth.send(get("/fourth"));
    EXPECT_NE(fourth.read_message().find("X-Url: /fourth"), std::string::npos);
    EXPECT_EQ(kept[1].read_all(), "") << "idle for the longest time";
    for (const std::size_t other : {0, 2}) {
        kept[other].send(get("/still"));
        EXPECT_NE(kept[other].read_message().find("X-Url: /still"), std::string::npos) << "the others go on";
    }
}

TEST(HttpServer, TheSlowestSenderMakesRoomWhenNobodyIsIdle) {
    const auto server = started(echo, {.connections_max = 3});
    std::vector<RawSocket> slow;
    for (int i = 0; i < 3; ++i) {
        slow.push_back(RawSocket::connect(server->port()));
        // What comes back says that the server has read so far.
        slow.back().send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        ASSERT_FALSE(slow.back().read_until("\r\n\r\n").empty());
    }
    EXPECT_TRUE(make_curl_client()->send(HttpRequest{.url = url_of(*server)}).ok());
    EXPECT_EQ(slow[0].read_all(), "");
    slow[2].send("body");
    EXPECT_TRUE(slow[2].read_message().ends_with("\r\n\r\nbody"));
}

TEST(HttpServer, WhatIsBeingAnsweredIsNeverPutOut) {
    std::latch running(1), go(1);
    const auto server = started(
        [&](const HttpRequest& request) {
            if (request.url == "/slow") running.count_down(), go.wait();
            return HttpResponse{200, {}, "done"};
        },
        {.connections_max = 1});
    RawSocket busy = RawSocket::connect(server->port());
    busy.send(get("/slow"));
    running.wait();
    RawSocket refused = RawSocket::connect(server->port());
    refused.send(get("/"));
    EXPECT_EQ(refused.read_all(), "");
    go.count_down();
    EXPECT_TRUE(busy.read_message().ends_with("done"));
}

TEST(HttpServer, HalfSentRequestsTogetherHaveALimit) {
    const auto server = started(echo, {.request_bytes_max = 1'000'000});
    std::vector<RawSocket> senders;
    for (int i = 0; i < 8; ++i) {
        senders.push_back(RawSocket::connect(server->port()));
        senders.back().send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 300000\r\n\r\n");
        ASSERT_FALSE(senders.back().read_until("\r\n\r\n").empty());
        senders.back().send(std::string(299'999, 'x'));
    }
    // Three of them fit, and who came last stays.
    senders.back().send("x");
    EXPECT_TRUE(senders.back().read_message().starts_with("HTTP/1.1 200 OK\r\n"));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(senders[i].read_all(), "") << i;
}

TEST(HttpServer, GivesUpOnTheUnfinishedAndTheIdle) {
    const auto server = started(echo, {.header_timeout = 30ms, .body_timeout = 30ms, .idle_timeout = 60ms});
    RawSocket unfinished = RawSocket::connect(server->port()), idle = RawSocket::connect(server->port());
    unfinished.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_TRUE(unfinished.read_all().starts_with("HTTP/1.1 408 Request Timeout\r\n"));
    EXPECT_EQ(idle.read_all(), "");
    RawSocket headless = RawSocket::connect(server->port());
    headless.send("POST / HTTP/1.1\r\nHost: h\r\nX-Ne");
    EXPECT_TRUE(headless.read_all().starts_with("HTTP/1.1 408 Request Timeout\r\n"));
}

TEST(HttpServer, TheHeaderHasItsTimeAndTheBodyItsOwn) {
    const auto patient = started(echo, {.header_timeout = 30ms, .body_timeout = 60s, .idle_timeout = 60s});
    RawSocket header = RawSocket::connect(patient->port());
    RawSocket body = RawSocket::connect(patient->port());
    body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbo");
    header.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length");
    EXPECT_TRUE(header.read_all().starts_with("HTTP/1.1 408 ")) << "by now, the body has waited as long as the header";
    body.send("dy");
    EXPECT_TRUE(body.read_message().ends_with("\r\n\r\nbody"));
}

TEST(HttpServer, RefusesInTheWordsOfItsOwner) {
    const auto server =
        started(echo, {.body_bytes_max = 10, .refusal = [](int status) {
                           return HttpResponse{status, {}, "{\"status\":" + std::to_string(status) + "}"};
                       }});
    RawSocket socket = RawSocket::connect(server->port());
    socket.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
    EXPECT_TRUE(socket.read_all().ends_with("Connection: close\r\n\r\n{\"status\":413}"));
}

TEST(HttpServer, DropsAndFailsAsTheHandlerDoes) {
    const auto server = started([](const HttpRequest& request) -> HttpResponse {
        if (request.url == "/drop") throw DropConnection{};
        if (request.url == "/number") throw 7;
        throw std::runtime_error("secret");
    });
    const auto client = make_curl_client();
    EXPECT_EQ(client->send(HttpRequest{.method = "POST", .url = url_of(*server, "/drop")}).error().code,
              Errc::kOutcomeUnknown);
    for (const char* path : {"/number", "/error"}) {
        const auto failed = client->send(HttpRequest{.url = url_of(*server, path)});
        EXPECT_EQ(failed->status, 500);
        EXPECT_EQ(failed->body, "internal error\n");
    }
}

TEST(HttpServer, StopWaitsForRunningRequestsAndRefusesNewOnes) {
    std::latch running(1), go(1);
    auto server = started([&](const HttpRequest& request) {
        if (request.url == "/slow") running.count_down(), go.wait();
        return HttpResponse{200, {}, "done"};
    });
    const int port = server->port();
    RawSocket idle = RawSocket::connect(port), busy = RawSocket::connect(port);
    idle.send(get("/"));
    ASSERT_FALSE(idle.read_message().empty());
    busy.send(get("/slow") + get("/never"));
    running.wait();
    std::jthread stopper([&] { server->stop(); });
    EXPECT_EQ(idle.read_all(), "") << "closed by the stop, while the other one is still at work";
    EXPECT_FALSE(RawSocket::connect(port).good()) << "refused";
    go.count_down();
    const std::string answer = busy.read_all();
    EXPECT_TRUE(answer.ends_with("Connection: close\r\n\r\ndone")) << answer;
    stopper.join();
    server->stop();
    server.reset();
}

TEST(HttpServer, AnAnswerMayComeLaterFromElsewhere) {
    std::mutex mutex;
    std::vector<Respond> waiting;
    std::latch all(40);
    auto server = serve_async(
                      [&](const HttpRequest& request, const Respond& respond) {
                          if (request.url != "/later") return respond(HttpResponse{200, {}, "now"});
                          {
                              const std::lock_guard lock(mutex);
                              waiting.push_back(respond);
                          }
                          all.count_down();
                      },
                      {.threads = 1})
                      .value();
    std::vector<RawSocket> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(RawSocket::connect(server->port()));
        clients.back().send(get("/later"));
    }
    all.wait();
    EXPECT_EQ(make_curl_client()->send(HttpRequest{.url = url_of(*server)})->body, "now") << "no thread is held";
    std::jthread elsewhere([&] {
        for (Respond& respond : waiting) {
            respond(HttpResponse{200, {}, "late"});
            respond(HttpResponse{500, {}, "twice"});
        }
    });
    for (RawSocket& client : clients) EXPECT_TRUE(client.read_message().ends_with("\r\n\r\nlate"));
    elsewhere.join();
    clients[0].send(get("/"));
    EXPECT_TRUE(clients[0].read_message().ends_with("\r\n\r\nnow")) << "one answer each";
}

TEST(HttpServer, WithoutAnAnswerTheConnectionIsClosed) {
    auto server = serve_async([](const HttpRequest& request, const Respond& respond) {
                      if (request.url == "/none") return respond(std::nullopt);
                      if (request.url == "/forgotten") return;
                      throw DropConnection{};
                  }).value();
    for (const char* path : {"/none", "/forgotten", "/thrown"}) {
        RawSocket client = RawSocket::connect(server->port());
        client.send(get(path));
        EXPECT_EQ(client.read_all(), "") << path;
    }
}

TEST(HttpServer, StopWaitsForAnswersThatAreDue) {
    Respond due;
    std::latch asked(1);
    auto server = serve_async([&](const HttpRequest&, Respond respond) {
                      due = std::move(respond);
                      asked.count_down();
                  }).value();
    RawSocket idle = RawSocket::connect(server->port()), client = RawSocket::connect(server->port());
    client.send(get("/"));
    asked.wait();
    std::jthread stopper([&] { server->stop(); });
    EXPECT_EQ(idle.read_all(), "") << "closed by the stop";
    due(HttpResponse{200, {}, "done"});
    EXPECT_TRUE(client.read_all().ends_with("Connection: close\r\n\r\ndone"));
    stopper.join();
    server.reset();
    due = nullptr;  // after the server: nothing is touched any more
}

TEST(HttpServer, SaysWhereItCannotListen) {
    const auto first = started(echo);
    const auto second = serve(echo, {.port = first->port()});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Errc::kUnreachable);
    EXPECT_NE(second.error().message.find("127.0.0.1:" + std::to_string(first->port())), std::string::npos);
    EXPECT_EQ(serve(echo, {.address = "somewhere"}).error().code, Errc::kInvalid);
    EXPECT_EQ(serve(echo, {.port = 70'000}).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::net
