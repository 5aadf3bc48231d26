#include "record/link_key.hpp"

namespace syncline::record {

namespace {

Error bad_key(std::string_view text) {
    return make_error(Errc::kInvalid, "not a link key: " + std::string(text.substr(0, 80)),
                      "a link key looks like task/odoo/42");
}

}  // namespace

std::string_view to_string(Peer peer) { return peer == Peer::kOdoo ? "odoo" : "plane"; }

Result<Peer> parse_peer(std::string_view text) {
    if (text == "odoo") return Peer::kOdoo;
    if (text == "plane") return Peer::kPlane;
    return make_error(Errc::kInvalid, "not a peer: " + std::string(text.substr(0, 80)), "use odoo or plane");
}

std::string LinkKey::text() const {
    std::string result = entity;
    result += '/';
    result += to_string(origin);
    result += '/';
    return result += id;
}

// The id is the rest, so that an id with a slash in it survives.
Result<LinkKey> parse_link_key(std::string_view text) {
    const std::size_t first = text.find('/');
    if (first == 0 || first == std::string_view::npos) return bad_key(text);
    const std::size_t second = text.find('/', first + 1);
    if (second == std::string_view::npos || second + 1 == text.size()) return bad_key(text);
    const Result<Peer> origin = parse_peer(text.substr(first + 1, second - first - 1));
    if (!origin) return bad_key(text);
    return LinkKey{std::string(text.substr(0, first)), *origin, std::string(text.substr(second + 1))};
}

}  // namespace syncline::record
