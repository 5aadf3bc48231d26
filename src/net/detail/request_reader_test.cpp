#include "net/detail/request_reader.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace syncline::net::detail {
namespace {

using State = RequestReader::State;
constexpr std::size_t kHeaderMax = 1000;
constexpr std::size_t kBodyMax = 5000;

std::string describe(const HttpRequest& request) {
    std::string text = request.method + " " + request.url + "|";
    for (const auto& [name, value] : request.headers) text += name + "=" + value + ";";
    return text + "|" + request.body + "\n";
}

// The requests found in `text` when it arrives in pieces that `next_size` chooses.
template <typename F>
std::string read_in_pieces(std::string_view text, F next_size) {
    RequestReader reader(kHeaderMax, kBodyMax);
    std::string found;
    while (!text.empty()) {
        const std::size_t size = std::min<std::size_t>(next_size(), text.size());
        State state = reader.feed(text.substr(0, size));
        text.remove_prefix(size);
        for (; state == State::kWhole; state = reader.feed("")) found += describe(reader.take());
        if (state == State::kBad) return found + "bad " + std::to_string(reader.bad_status());
    }
    return found + (reader.started() ? "unfinished" : "");
}

const std::string kThree =
    "POST /a?b=c HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nX-Two: 2\r\nContent-Length: 5\r\n\r\nhello"
    "\r\nGET http://h:81/abs?q HTTP/1.1\r\nHost: h\r\n\r\n"
    "PUT /chunked HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    "4;ext=1\r\nWiki\r\n6\r\npedia \r\nC\r\nin \r\nchunks.\r\n0\r\nTrailer: x\r\n\r\n";
const std::string kThreeFound =
    "POST /a?b=c|Host=h;X-Two=1;X-Two=2;Content-Length=5;|hello\n"
    "GET /abs?q|Host=h;|\n"
    "PUT /chunked|Host=h;Transfer-Encoding=chunked;|Wikipedia in \r\nchunks.\n";

TEST(RequestReader, FindsTheSameRequestsHoweverTheBytesArrive) {
    EXPECT_EQ(read_in_pieces(kThree, [] { return 1; }), kThreeFound);
    EXPECT_EQ(read_in_pieces(kThree, [] { return 100'000; }), kThreeFound);
    SeededRandom random(3);
    for (int i = 0; i < 2000; ++i) {
        ASSERT_EQ(read_in_pieces(kThree, [&] { return 1 + random.below(40); }), kThreeFound) << i;
    }
}

TEST(RequestReader, RefusesWhatCannotBeTrusted) {
    const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n";
    const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
    const std::pair<std::string, const char*> cases[] = {
        {"hello\r\n\r\n", "bad 400"},
        {"GET / HTTP/1.1\r\n\r\n", "bad 400"},
        {get + "Host: other\r\n\r\n", "bad 400"},
        {"GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n", "bad 400"},
        {"GET / HTTP/3.0\r\nHost: h\r\n\r\n", "bad 400"},
        {get + "Broken header\r\n\r\n", "bad 400"},
        {get + "X: " + std::string(kHeaderMax, 'x') + "\r\n\r\n", "bad 431"},
        {get + std::string(2 * kHeaderMax, 'x'), "bad 431"},
        {post + "Content-Length: 5001\r\n\r\n", "bad 413"},
        {post + "Content-Length: -1\r\n\r\n", "bad 400"},
        {post + "Content-Length: 99999999999999999999999\r\n\r\n", "bad 400"},
        {post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n", "bad 400"},
        {post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "bad 400"},
        {post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", "bad 400"},
        {post + "Transfer-Encoding: gzip\r\n\r\n", "bad 501"},
        {post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "bad 400"},
        {post + "Transfer-Encoding: chunked\r\n\r\n1389\r\n", "bad 413"},
    };
    for (const auto& [text, expected] : cases) {
        EXPECT_EQ(read_in_pieces(text, [] { return 100'000; }), expected) << text.substr(0, 200);
        EXPECT_EQ(read_in_pieces(text, [] { return 1; }), expected) << "byte by byte: " << text.substr(0, 200);
    }
}

TEST(RequestReader, BoundsWhatItKeeps) {
    const std::string post = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    // A chunk's size line and a trailer that never end.
    EXPECT_TRUE(read_in_pieces(post + "1;" + std::string(100'000, 'x'), [] { return 700; }).starts_with("bad 4"));
    EXPECT_TRUE(read_in_pieces(post + "0\r\nX: " + std::string(100'000, 'x'), [] { return 700; }).starts_with("bad 4"));
    std::string many_chunks = post;
    for (std::size_t i = 0; i <= kBodyMax; ++i) many_chunks += "1\r\nx\r\n";
    EXPECT_EQ(read_in_pieces(many_chunks, [] { return 512; }), "bad 413");
}

TEST(RequestReader, TellsAboutContinueOnceAndAboutTheConnection) {
    RequestReader reader(kHeaderMax, kBodyMax);
    EXPECT_FALSE(reader.started());
    EXPECT_EQ(reader.feed("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r"),
              State::kMore);
    EXPECT_TRUE(reader.started());
    EXPECT_FALSE(reader.wants_continue());
    EXPECT_EQ(reader.feed("\n"), State::kMore);
    EXPECT_TRUE(reader.wants_continue());
    EXPECT_FALSE(reader.wants_continue());
    EXPECT_EQ(reader.feed("ok"), State::kWhole);
    EXPECT_TRUE(reader.keep_alive());
    EXPECT_EQ(reader.take().body, "ok");
    EXPECT_FALSE(reader.started());

    ASSERT_EQ(reader.feed("GET / HTTP/1.0\r\n\r\n"), State::kWhole);
    EXPECT_FALSE(reader.keep_alive());
    EXPECT_TRUE(reader.is_http_1_0());
    reader.take();
    ASSERT_EQ(reader.feed("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), State::kWhole);
    EXPECT_FALSE(reader.keep_alive());
}

TEST(RequestReader, StaysBadOnceBad) {
    RequestReader reader(kHeaderMax, kBodyMax);
    EXPECT_EQ(reader.feed("nonsense\r\n\r\n"), State::kBad);
    EXPECT_EQ(reader.feed("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), State::kBad);
}

}  // namespace
}  // namespace syncline::net::detail
