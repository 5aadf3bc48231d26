// A tiny Plane for the tests of this room: one project, work items with an external pair, and faults at a chosen call.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "json/json.hpp"
#include "net/http.hpp"
#include "net/url.hpp"

namespace syncline::plane {

enum class FakeFault {
    kNone,
    kDropBefore,
    kDropAfter,
    kErrorBefore,
    kErrorAfter,
    kThrottle,
    kUnreachable,
    kHalfAnswer
};

class FakePlane final : public net::HttpClient {
public:
    int fault_at = -1;
    FakeFault fault = FakeFault::kNone;
    int calls = 0;
    std::vector<std::string> seen;  // "METHOD path?query"
    std::vector<json::Object> items;
    // Answers of addresses that this fake does not know by itself, by "METHOD path".
    std::map<std::string, net::HttpResponse> fixed;

    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        const std::lock_guard lock(mutex_);
        const FakeFault now = calls++ == fault_at ? fault : FakeFault::kNone;
        const net::Url url = net::parse_url(request.url).value();
        seen.push_back(request.method + " " + url.path + (url.query.empty() ? "" : "?" + url.query));
        switch (now) {
            case FakeFault::kUnreachable: return make_error(Errc::kUnreachable, "no route");
            case FakeFault::kDropBefore: return make_error(Errc::kOutcomeUnknown, "closed");
            case FakeFault::kErrorBefore: return wrong(500);
            case FakeFault::kThrottle: {
                net::HttpResponse refused =
                    answer(429, {{"error_code", 5900}, {"error_message", "RATE_LIMIT_EXCEEDED"}});
                refused.headers.set("Retry-After", "58");
                return refused;
            }
            default: break;
        }
        net::HttpResponse response = handle(request, url);
        if (now == FakeFault::kDropAfter) return make_error(Errc::kOutcomeUnknown, "closed");
        if (now == FakeFault::kErrorAfter) return wrong(500);
        if (now == FakeFault::kHalfAnswer) response.body.resize(response.body.size() / 2);
        return response;
    }

    static net::HttpResponse answer(int status, const json::Value& body) {
        return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(body)};
    }

private:
    static net::HttpResponse wrong(int status) {
        return answer(status, {{"error", "Something went wrong please try again later"}});
    }

    net::HttpResponse handle(const net::HttpRequest& request, const net::Url& url) {
        const auto known = fixed.find(request.method + " " + url.path);
        if (known != fixed.end()) return known->second;
        if (url.path == "/api/v1/users/me/") return answer(200, {{"id", "me"}, {"email", "me@example.test"}});
        if (url.path == "/api/v1/workspaces/acme/projects/")
            return page({json::Object{{"id", "p1"}, {"is_member", true}}}, url);
        if (url.path == "/api/v1/workspaces/acme/projects/p1/work-items/") return work_items(request, url);
        return answer(404, {{"error", "Page not found."}});
    }

    net::HttpResponse work_items(const net::HttpRequest& request, const net::Url& url) {
        if (request.method == "POST") return create(json::parse(request.body).value().as_object());
        const std::string source = query(url, "external_source");
        const std::string id = query(url, "external_id");
        if (source.empty() || id.empty()) return page({items.rbegin(), items.rend()}, url);
        const auto found = with_pair(source, id);
        if (found.empty()) return answer(404, {{"error", "The requested resource does not exist."}});
        if (found.size() > 1) return wrong(500);
        return answer(200, items[found.front()]);
    }

    net::HttpResponse create(json::Object body) {
        const auto text = [&](const char* key) {
            return body.contains(key) ? std::string(body.at(key).as_string()) : std::string();
        };
        const auto found = with_pair(text("external_source"), text("external_id"));
        if (!found.empty()) return answer(409, {{"error", "same external id"}, {"id", items[found.front()].at("id")}});
        body["id"] = "item-" + std::to_string(items.size() + 1);
        items.push_back(body);
        return answer(201, body);
    }

    std::vector<std::size_t> with_pair(const std::string& source, const std::string& id) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < items.size() && !id.empty(); ++i) {
            const auto* pair = items[i].if_contains("external_id");
            if (pair != nullptr && *pair == json::Value(id) && items[i].at("external_source") == json::Value(source)) {
                found.push_back(i);
            }
        }
        return found;
    }

    static std::string query(const net::Url& url, std::string_view key) {
        for (const auto& [name, value] : net::decode_query(url.query)) {
            if (name == key) return value;
        }
        return {};
    }

    static net::HttpResponse page(const std::vector<json::Object>& rows, const net::Url& url) {
        const std::size_t size = std::stoul(query(url, "per_page"));
        const std::string cursor = query(url, "cursor");
        const std::size_t number = cursor.empty() ? 0 : std::stoul(cursor.substr(cursor.find(':') + 1));
        const std::size_t start = std::min(rows.size(), number * size);
        const std::size_t end = std::min(rows.size(), start + size);
        json::Array results;
        for (std::size_t i = start; i < end; ++i) results.push_back(rows[i]);
        return answer(200,
                      {{"total_count", rows.size()}, {"next_page_results", end < rows.size()}, {"results", results}});
    }

    std::mutex mutex_;
};

}  // namespace syncline::plane
