#include "support/record_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "net/http_server.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::bench {

namespace {

constexpr std::string_view kName = "Product 0000000 of the long list";
constexpr std::string_view kStamp = "2026-11-01 08:00:00";
constexpr std::size_t kDigits = 7;

class Records {
public:
    Records(RecordServerOptions options, Clock& clock) : options_(std::move(options)), odoo_({}, clock) {
        json::Object values{{"name", kName}};
        if (options_.model == "product.template") {
            values["default_code"] = "SKU";
            values["list_price"] = 12.35;
            values["description_sale"] = "Zwei Zeilen:\n\"gut\" und günstig, für draußen und drinnen";
        } else if (options_.model == "res.partner") {
            values["customer_rank"] = 1;
            values["email"] = "somebody@example.com";
            values["street"] = "Große Straße 12";
        }
        first_ = odoo_.create(options_.model, json::Array{values}).front();
    }

    net::HttpResponse answer(const net::HttpRequest& request) {
        const std::string_view method = std::string_view(request.url).substr(request.url.rfind('/') + 1);
        if (request.url.find("/json/2/" + options_.model + "/") == std::string::npos) return odoo_.handle(request);
        const json::Value body = json::parse(request.body).value();
        if (method == "fields_get") return fields(request);
        if (method == "search_count") return reply(counts_all(body) ? std::to_string(options_.records) : "0");
        if (method == "search")
            return reply(list(body, [](std::string& out, std::int64_t id) { out += std::to_string(id); }));
        if (method == "search_read") {
            return reply(list(body, [](std::string& out, std::int64_t id) {
                out += "{\"id\": " + std::to_string(id) + ", \"write_date\": \"" + std::string(kStamp) +
                       "\", \"active\": true}";
            }));
        }
        return read(request, body);
    }

private:
    static net::HttpResponse reply(std::string body) {
        return {200, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
    }

    // A question for the whole list; those for binary columns find none.
    static bool counts_all(const json::Value& body) {
        const std::string text = json::canonical(body);
        return text.find("\"!=\",false") == std::string::npos;
    }

    net::HttpResponse fields(const net::HttpRequest& request) {
        net::HttpResponse response = odoo_.handle(request);
        if (!options_.narrow) return response;
        json::Object few;
        const json::Value all = json::parse(response.body).value();
        for (const auto& [name, info] : all.as_object()) {
            if (name == "id" || name == "name" || name == "write_date") few.emplace(name, info);
        }
        return reply(json::canonical(few));
    }

    template <typename Each>
    std::string list(const json::Value& body, const Each& each) const {
        std::int64_t id = 1;
        for (const json::Value& leaf : body.at("domain").as_array()) {
            if (leaf.is_array() && leaf.at(0) == "id" && leaf.at(1) == ">") id = leaf.at(2).as_int64() + 1;
        }
        const std::int64_t last =
            std::min(options_.records, id + json::integer_or(body, "limit", options_.records) - 1);
        std::string out = "[";
        for (; id <= last; ++id) {
            if (out.size() > 1) out += ", ";
            each(out, id);
        }
        return out + "]";
    }

    // The text of one record as Odoo prints it, asked for once.
    net::HttpResponse read(const net::HttpRequest& request, const json::Value& body) {
        const std::string pattern = pattern_of(request, body);
        const std::string id_text = "\"id\": " + std::to_string(first_);
        const std::size_t id_at = pattern.find(id_text);
        const std::size_t id_end = id_at + id_text.size();
        const std::size_t name_at = pattern.find(kName, id_end) + std::string_view("Product ").size();
        std::string out = "[";
        const json::Array& ids = body.at("ids").as_array();
        out.reserve(ids.size() * (pattern.size() + 10));
        for (const json::Value& id : ids) {
            const std::string digits = std::to_string(id.as_int64());
            if (out.size() > 1) out += ", ";
            out.append(pattern, 0, id_at).append("\"id\": ").append(digits);
            out.append(pattern, id_end, name_at - id_end).append(kDigits - std::min(kDigits, digits.size()), '0');
            out.append(digits).append(pattern, name_at + kDigits);
        }
        return reply(out + "]");
    }

    std::string pattern_of(const net::HttpRequest& request, const json::Value& body) {
        const std::string fields = json::canonical(body.at("fields"));
        const std::lock_guard lock(mutex_);
        std::string& pattern = patterns_[fields];
        if (pattern.empty()) {
            net::HttpRequest one = request;
            json::Object asked = body.as_object();
            asked["ids"] = json::Array{first_};
            one.body = json::canonical(asked);
            const std::string text = odoo_.handle(one).body;
            pattern = text.substr(1, text.size() - 2);
            if (const auto at = pattern.find("\"write_date\": \""); at != std::string::npos) {
                pattern.replace(at + 15, kStamp.size(), kStamp);
            }
        }
        return pattern;
    }

    const RecordServerOptions options_;
    sim::OdooServer odoo_;
    std::int64_t first_ = 0;
    std::mutex mutex_;
    std::map<std::string, std::string> patterns_;  // by the fields asked for
};

void serve_records(const RecordServerOptions& options, int ready) {
    SystemClock clock;
    Records records(options, clock);
    const auto http = net::serve([&](const net::HttpRequest& request) { return records.answer(request); });
    if (!http.ok()) return;
    const std::string line = std::to_string((*http)->port()) + "\n";
    if (write(ready, line.data(), line.size()) < 0) return;
    while (true) pause();
}

}  // namespace

RecordServer::RecordServer(const RecordServerOptions& options)
    : child_([options](int ready) { serve_records(options, ready); }) {}

Result<void> RecordServer::ready() {
    url_ = "http://127.0.0.1:" + TRY(child_.first_line());
    return ok();
}

odoo::Settings RecordServer::settings() const {
    const sim::OdooOptions names;
    odoo::Settings settings;
    settings.url = url_;
    settings.database = names.database;
    settings.key = vault::Secret(names.key);
    return settings;
}

}  // namespace syncline::bench
