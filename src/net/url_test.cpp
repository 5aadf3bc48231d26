#include "net/url.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace syncline::net {
namespace {

TEST(Url, SplitsIntoItsParts) {
    struct Case {
        const char *text, *origin, *path, *query;
    };
    for (const Case& c : {Case{"http://h", "http://h", "/", ""},
                          {"HTTPS://Plane.Example.COM:443/api?x=1&y", "https://plane.example.com", "/api", "x=1&y"},
                          {"http://h:8069/json/2/", "http://h:8069", "/json/2/", ""},
                          {"http://127.0.0.1:80?q", "http://127.0.0.1", "/", "q"},
                          {"https://[::1]:8443/a#part?no", "https://[::1]:8443", "/a", ""},
                          {"http://[::1]/", "http://[::1]", "/", ""},
                          {"http://my_host-1.local/a:b@c", "http://my_host-1.local", "/a:b@c", ""}}) {
        const auto url = parse_url(c.text);
        ASSERT_TRUE(url.ok()) << c.text << ": " << url.error().message;
        EXPECT_EQ(url->origin(), c.origin);
        EXPECT_EQ(url->path, c.path);
        EXPECT_EQ(url->query, c.query);
    }
    EXPECT_EQ(parse_url("https://h")->port, 443);
}

TEST(Url, RefusesTheRestWithoutRepeatingIt) {
    for (const char* text : {"",
                             "h",
                             "/path",
                             "ftp://h/",
                             "http:/h",
                             "http://",
                             "http:///p",
                             "http://:80/",
                             "http://h:/",
                             "http://h:0/",
                             "http://h:65536/",
                             "http://h:8o/",
                             "http://h:-1/",
                             "http://u:hunter2@h/",
                             "http://hunter2@h",
                             "http://h /",
                             "http://h/\r\nX: hunter2",
                             "http://h\\x/",
                             "http://[::1",
                             "http://[xyz]/",
                             "http://h%41/",
                             "file:///etc/passwd"}) {
        const auto url = parse_url(text);
        ASSERT_FALSE(url.ok()) << text;
        EXPECT_EQ(url.error().code, Errc::kInvalid) << text;
        EXPECT_EQ(url.error().message.find("hunter2"), std::string::npos) << text;
    }
}

TEST(Percent, EncodesAllButTheUnreserved) {
    EXPECT_EQ(percent_encode("aZ0-._~"), "aZ0-._~");
    EXPECT_EQ(percent_encode("a b/ü+%&"), "a%20b%2F%C3%BC%2B%25%26");
    EXPECT_EQ(percent_decode("%41%zz%4%+%2f"), "A%zz%4%+/");
}

TEST(Query, AnyTextSurvivesTheRoundTrip) {
    SeededRandom random(5);
    for (int i = 0; i < 2000; ++i) {
        Query query;
        for (auto n = random.below(4); n > 0; --n) {
            const auto text = [&] {
                std::string out;
                for (auto k = random.below(10); k > 0; --k) out.push_back(static_cast<char>(random.next()));
                return out;
            };
            std::string name = text(), value = text();
            query.emplace_back(std::move(name), std::move(value));
        }
        ASSERT_EQ(decode_query(encode_query(query)), query);
    }
    EXPECT_EQ(decode_query("a=1&&b&=c&d=x=y&e+f=g+h%2B"),
              (Query{{"a", "1"}, {"b", ""}, {"", "c"}, {"d", "x=y"}, {"e f", "g h+"}}));
    EXPECT_TRUE(decode_query("").empty());
}

TEST(JoinPath, PutsExactlyOneSlashBetween) {
    for (const char* left : {"/a", "/a/", "/a//"}) {
        for (const char* right : {"b/", "/b/", "//b/"}) EXPECT_EQ(join_path(left, right), "/a/b/");
    }
    EXPECT_EQ(join_path("http://h/api", ""), "http://h/api");
    EXPECT_EQ(join_path("", "x"), "/x");
}

}  // namespace
}  // namespace syncline::net
