// URLs: split, joined and escaped. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace syncline::net {

struct Url {
    std::string scheme;  // "http" or "https", lower case
    std::string host;
    int port = 0;                // as written or the scheme's default
    std::string path;            // with its leading "/"; "/" when empty
    std::string query;           // without "?"
    std::string origin() const;  // "http://host:port", the port left out when it is the default
};

// kInvalid for anything but an absolute http(s) URL, and for one with a user or password in it.
Result<Url> parse_url(std::string_view text);

std::string percent_encode(std::string_view text);  // everything but unreserved characters
std::string percent_decode(std::string_view text);  // "%41" and nothing else; broken escapes stay as they are

using Query = std::vector<std::pair<std::string, std::string>>;
std::string encode_query(const Query& query);
Query decode_query(std::string_view text);  // "+" is a space

// "a/b", "/a/b/" and so on joined by exactly one "/"; a trailing "/" of the last part is kept.
std::string join_path(std::string_view left, std::string_view right);

}  // namespace syncline::net
