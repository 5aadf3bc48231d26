#include "odoo_scope.hpp"

#include <array>

namespace syncline::conformance {
namespace {

struct Reason {
    std::string_view prefix, reason;
};

constexpr std::array kOutsideRoutes{
    Reason{"/xmlrpc", "XML-RPC"},
    Reason{"/web/session/", "browser sessions"},
    Reason{"/web/dataset/", "browser sessions"},
    Reason{"/web/hook/", "web hooks into Odoo"},
    Reason{"/doc", "the generated API documentation"},
    Reason{"/web/content", "file downloads"},
    Reason{"/web/image", "file downloads"},
};

constexpr std::array kOutsideMethods{
    Reason{"get_field_translations", "translations"},
    Reason{"update_field_translations", "translations"},
    Reason{"onchange", "forms of the browser"},
    Reason{"get_views", "forms of the browser"},
};

struct Known {
    std::string_view file, reason;
};
// Empty is the aim.
constexpr std::array kKnown{
    Known{"600_full_mail.activity", "a to-do that Odoo's cron put on an order that no replayed request makes"},
    Known{"600_full_res.company", "a new company gets no transit location of its own here"},
};

// What a model that is not simulated belongs to.
std::string_view area_of(std::string_view model) {
    static constexpr std::array kAreas{
        Reason{"product.", "trade"},
        Reason{"sale.", "trade"},
        Reason{"stock.", "trade"},
        Reason{"account.", "trade"},
        Reason{"payment.", "trade"},
        Reason{"delivery.", "trade"},
        Reason{"uom.", "trade"},
        Reason{"base.automation", "automation rules"},
        Reason{"ir.actions", "automation rules"},
        Reason{"ir.attachment", "attachments"},
        Reason{"res.lang", "translations"},
        Reason{"base.language", "translations"},
        Reason{"res.config", "settings"},
        Reason{"mail.tracking", "change tracking"},
    };
    for (const Reason& area : kAreas) {
        if (model.starts_with(area.prefix)) return area.reason;
    }
    return "other models";
}

// No other server than this one has such a model.
bool exists_nowhere(const Recording& recording, const Exchange& exchange) {
    const std::string text = boost::json::serialize(recording.body);
    return exchange.failed &&
           (text.find("does not exist") != std::string::npos || text.find("doesn't exist") != std::string::npos);
}

}  // namespace

std::string outside_odoo(const Registry& registry, const Recording& recording, const Exchange& exchange) {
    const std::string_view server = recording.headers.get("Server");
    if (server.starts_with("Werkzeug/0") || server.starts_with("Werkzeug/1")) return "an older Odoo";
    for (const Reason& route : kOutsideRoutes) {
        if (recording.request.url.starts_with(route.prefix)) return std::string(route.reason);
    }
    if (exchange.kind == Exchange::kOther) return "";
    for (const Reason& method : kOutsideMethods) {
        if (exchange.method == method.prefix) return std::string(method.reason);
    }
    if (registry.find(exchange.model) == nullptr && !exists_nowhere(recording, exchange)) {
        return "models that are not simulated: " + std::string(area_of(exchange.model));
    }
    return "";
}

std::string explained_odoo(const Recording& recording, const std::string&) {
    for (const Known& known : kKnown) {
        if (recording.file == known.file) return std::string(known.reason);
    }
    return "";
}

}  // namespace syncline::conformance
