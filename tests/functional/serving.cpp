#include "tests/functional/serving.hpp"

#include <thread>

#include "net/curl_client.hpp"

namespace syncline::testing {

net::HttpResponse Edited::send(const std::string& method, const std::string& url, const std::string& body,
                               net::Headers headers) const {
    net::HttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = std::move(headers);
    if (!body.empty()) request.headers.set("Content-Type", "application/json");
    request.body = body;
    Result<net::HttpResponse> answer = net::make_curl_client()->send(request);
    if (answer) return std::move(*answer);
    return {0, {}, answer.error().message};
}

json::Object Edited::a_task() const {
    const json::Value links =
        syncline({"links", "--entity", "task", "--status", "active", "--json", "--rows", "1"}).json();
    json::Object task = links.at("links").at(0).as_object();
    const json::Value projects = syncline({"links", "--entity", "project", "--json", "--rows", "10"}).json();
    for (const json::Value& one : projects.at("links").as_array()) {
        if (json::text_or(one, "title") == json::text_or(task, "project")) task["project_id"] = one.at("plane_id");
    }
    EXPECT_FALSE(json::text_or(task, "project_id").empty());
    return task;
}

void Edited::rename_in_plane(const json::Object& task, const std::string& name) const {
    const net::HttpResponse edited =
        send("PATCH",
             plane_url + "/api/v1/workspaces/acme/projects/" + std::string(json::text_or(task, "project_id")) +
                 "/work-items/" + std::string(json::text_or(task, "plane_id")) + "/",
             json::canonical(json::Object{{"name", name}}), {{"X-Api-Key", "plane-key-of-a-test"}});
    EXPECT_EQ(edited.status, 200) << edited.body;
}

void Edited::rename_in_odoo(const json::Object& task, const std::string& name) const {
    const json::Object body{{"ids", json::Array{std::stoll(std::string(json::text_or(task, "odoo_id")))}},
                            {"vals", json::Object{{"name", name}}}};
    const net::HttpResponse edited = send("POST", odoo_url + "/json/2/project.task/write", json::canonical(body),
                                          {{"Authorization", "bearer odoo-key-of-a-test"}});
    EXPECT_EQ(edited.status, 200) << edited.body;
}

Serving::Serving(const std::string& calls_per_minute) {
    EXPECT_EQ(syncline({"sync", "--full", "--json"}).exit_code, 0);
    if (calls_per_minute != "0") {
        EXPECT_EQ(syncline({"connect", "plane", plane_url + "/acme", "--key-file", plane_key_file, "--calls-per-minute",
                            calls_per_minute})
                      .exit_code,
                  0);
    }
    configure("[serve]\nlisten = \"127.0.0.1:" + std::to_string(hook_port) +
              "\"\nodoo_every = \"1h\"\nplane_every = \"1h\"\nclose_out_every = \"1h\"\nlight_every = \"1h\"\n\n"
              "[hooks.main]\nsource = \"plane\"\nsecrets = [\"file:" +
              hook_secret_file + "\"]\n");
    process = std::make_unique<Running>(Arguments{"serve", "--home", home});
    EXPECT_FALSE(process->wait_for("listening on").empty());
}

net::HttpResponse Serving::ask(const std::string& path, const std::string& method, const std::string& body,
                               net::Headers headers) const {
    return send(method, "http://127.0.0.1:" + std::to_string(hook_port) + path, body, std::move(headers));
}

void Serving::settle() const {
    for (int i = 0; i < kTriesMax; ++i) {
        const std::string metrics = ask("/metrics").body;
        if (metrics.find("syncline_runs_total{kind=\"auto\"") != std::string::npos &&
            metrics.find("syncline_queue_depth{state=\"ready\"} 0") != std::string::npos &&
            metrics.find("syncline_queue_depth{state=\"running\"} 0") != std::string::npos) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << ask("/metrics").body;
}

}  // namespace syncline::testing
