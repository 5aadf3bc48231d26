// Recorded webhook deliveries against the simulator's own: the spelling of the body, the signature, the members.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "sim/plane/detail/python_json.hpp"
#include "sim/plane/detail/test_api.hpp"
#include "vault/digest.hpp"

namespace syncline::conformance {
namespace {

// The secret of the hook that all of them were sent to.
constexpr std::string_view kSecret = "plane_wh_f01d04a72cb14b0f968b75f7115b920e";

std::vector<json::Value> recorded_deliveries() {
    std::vector<json::Value> out;
    const auto folder = std::filesystem::path(SYNCLINE_SOURCE_DIR) / "tests/recordings/plane/webhooks";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        out.push_back(json::parse(text).value());
    }
    return out;
}

std::string header(const json::Value& delivery, std::string_view name) {
    for (const json::Value& pair : delivery.at("headers").as_array()) {
        if (pair.at(0).as_string() == name) return std::string(pair.at(1).as_string());
    }
    return {};
}

// "event action: data members | activity members", in their order.
std::string shape(const json::Value& body) {
    std::string out =
        std::string(json::text_or(body, "event")) + " " + std::string(json::text_or(body, "action")) + ":";
    for (const auto& member : body.as_object()) out += " " + std::string(member.key());
    out += " |";
    for (const auto& member : body.at("data").as_object()) out += " " + std::string(member.key());
    out += " |";
    for (const auto& member : body.at("activity").as_object()) out += " " + std::string(member.key());
    return out;
}

TEST(PlaneWebhooks, TheBodyIsSpelledAsPythonDoes) {
    const auto deliveries = recorded_deliveries();
    ASSERT_GE(deliveries.size(), 80U);
    for (const json::Value& each : deliveries) {
        const std::string raw(json::text_or(each, "raw_body"));
        EXPECT_EQ(sim::plane::python_json(json::parse(raw).value(), sim::plane::Spacing::kLoose), raw);
        EXPECT_EQ(vault::hmac_sha256_hex(kSecret, raw), header(each, "X-Plane-Signature"));
        EXPECT_EQ(header(each, "X-Plane-Event"), json::text_or(each.at("body"), "event"));
    }
}

TEST(PlaneWebhooks, TheSimulatorSendsTheSameMembers) {
    sim::plane::Api api;
    const std::string p = api.project();
    const std::string item = api.item(p, R"({"name":"a"})");
    api.patch(p, R"({"description":"x"})");
    api.patch(p + "work-items/" + item + "/", R"({"name":"b"})");
    const std::string cycle =
        api.post(p + "cycles/", R"({"name":"S","project_id":")" + api.last_project + R"("})").text("id");
    api.patch(p + "cycles/" + cycle + "/", R"({"name":"S2"})");
    const std::string module = api.post(p + "modules/", R"({"name":"M"})").text("id");
    api.patch(p + "modules/" + module + "/", R"({"status":"paused"})");
    const std::string comments = p + "work-items/" + item + "/comments/";
    const std::string comment = api.post(comments, R"({"comment_html":"<p>x</p>"})").text("id");
    api.patch(comments + comment + "/", R"({"comment_html":"<p>y</p>"})");
    api.remove(p);
    std::map<std::string, std::string> own;
    for (const sim::PlaneDelivery& each : api.server.take_deliveries()) {
        const json::Value body = json::parse(each.body).value();
        own[each.event + " " + each.action] = shape(body);
    }
    for (const json::Value& each : recorded_deliveries()) {
        const json::Value& body = each.at("body");
        const std::string key =
            std::string(json::text_or(body, "event")) + " " + std::string(json::text_or(body, "action"));
        EXPECT_EQ(own[key], shape(body));
    }
}

}  // namespace
}  // namespace syncline::conformance
