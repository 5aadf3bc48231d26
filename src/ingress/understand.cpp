#include "ingress/understand.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "ingress/detail/sources.hpp"
#include "json/json.hpp"

namespace syncline::ingress {
namespace {

// How deep the brackets of a text nest, those within quoted texts left out.
std::size_t depth_of(std::string_view text) {
    std::size_t depth = 0, deepest = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return deepest;
}

Understood read(Source source, const net::Headers& headers, const json::Value& body) {
    switch (source) {
        case Source::kPlane: return detail::understand_plane(headers, body);
        case Source::kOdoo: return detail::understand_odoo(body);
        case Source::kGithub: return detail::understand_github(headers, body);
        case Source::kCi:
        case Source::kStandard: return detail::understand_standard(source, headers, body);
    }
    return {};
}

}  // namespace

Result<Understood> understand(Source source, const net::Headers& headers, std::string_view body) {
    const Result<json::Value> parsed = json::parse(body);
    if (!parsed && trim(body).starts_with('{') && depth_of(body) > json::kDepthMax) {
        // It may be whole; it is only not read. A text that nests its lists like this is no reason to lose an event.
        Understood out;
        out.quarantine = "nests deeper than " + std::to_string(json::kDepthMax) + " levels";
        return out;
    }
    if (!parsed || !parsed->is_object()) {
        return make_error(Errc::kInvalid, "the body is not a JSON object",
                          "send application/json: one object, in UTF-8");
    }
    return read(source, headers, *parsed);
}

}  // namespace syncline::ingress
