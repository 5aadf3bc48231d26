#include "app/front_door.hpp"

#include "dispatch/looks.hpp"

namespace syncline::app {

namespace {

net::HttpResponse text_page(int status, std::string type, std::string body) {
    net::HttpResponse page;
    page.status = status;
    page.headers.set("Content-Type", std::move(type));
    page.body = std::move(body);
    return page;
}

net::HttpResponse not_found() {
    const json::Object error{{"code", "NOT_FOUND"},
                             {"message", "there is nothing at this address"},
                             {"hint", "events go to /hooks/SOURCE/NAME; `syncline hooks` lists the addresses"}};
    return text_page(404, "application/json", json::canonical(json::Object{{"error", error}}) + "\n");
}

}  // namespace

std::vector<ingress::Endpoint> endpoints_of(Installation& installation, watch::Log& log) {
    std::vector<ingress::Endpoint> endpoints;
    for (const HookConfig& hook : installation.config().hooks) {
        ingress::Endpoint endpoint{hook.name, hook.source, {}};
        for (const vault::SecretRef& reference : hook.secrets) {
            Result<vault::Secret> secret = installation.secret(reference);
            if (secret) {
                endpoint.secrets.push_back(std::move(*secret));
            } else {
                log.error("a hook's secret is missing",
                          {{"hook", hook.name}, {"reference", reference.text()}, {"error", secret.error().message}});
            }
        }
        endpoints.push_back(std::move(endpoint));
    }
    return endpoints;
}

void FrontDoor::answer(net::HttpRequest request, net::Respond respond) {
    const std::string path = request.url.substr(0, request.url.find('?'));
    if (receiver_ && (path.starts_with("/hooks/") || path == "/webhook")) {
        return receiver_->receive(std::move(request), [this, began = clock_->now(), respond = std::move(respond)](
                                                          std::optional<net::HttpResponse> answer) {
            if (answer) pages_.on_webhook(clock_->now() - began);
            respond(std::move(answer));
        });
    }
    if (path == "/healthz") return respond(pages_.healthz());
    if (path == "/readyz") return respond(pages_.readyz());
    if (path == "/metrics") return respond(text_page(200, "text/plain; version=0.0.4", pages_.metrics()));
    respond(not_found());
}

Result<std::unique_ptr<FrontDoor>> FrontDoor::open(Installation& installation, bool receives, Pages pages,
                                                   watch::Log& log) {
    const Config& config = installation.config();
    if (config.listen == "off") return std::unique_ptr<FrontDoor>();
    // Two processes of one home cannot both have the configured port; one that receives nothing does without.
    const bool by_default = config.listen.empty() || !receives;
    const ListenAddress address =
        TRY(parse_listen(config.listen.empty() ? kListenDefault : std::string_view(config.listen)));

    std::unique_ptr<FrontDoor> door(new FrontDoor());
    door->pages_ = std::move(pages);
    door->clock_ = &installation.clock();
    if (receives) {
        ingress::ReceiverOptions options;
        options.org = installation.scope().org;
        options.endpoints = endpoints_of(installation, log);
        door->receiver_ = ingress::make_receiver(
            installation.store().database(), installation.clock(), door->random_, std::move(options),
            [&clock = installation.clock(), org = installation.scope().org](
                pg::Transaction& tx, const std::vector<ingress::Receipt>& receipts) {
                return dispatch::ask_for_looks(tx, org, receipts, clock.now());
            });
    }
    net::ServerOptions options;
    options.address = address.host;
    options.port = address.port;
    options.body_bytes_max = ingress::kBodyBytesMax;
    if (door->receiver_) {
        options.refusal = [receiver = door->receiver_.get()](int status) { return receiver->refusal(status); };
    }
    Result<std::unique_ptr<net::HttpServer>> server = net::serve_async(
        [door = door.get()](net::HttpRequest request, net::Respond respond) {
            door->answer(std::move(request), std::move(respond));
        },
        options);
    if (!server && by_default) {
        log.warn("no front door", {{"error", server.error().message}});
        return std::unique_ptr<FrontDoor>();
    }
    door->server_ = TRY(std::move(server));
    door->url_ = "http://" + address.host + ":" + std::to_string(door->server_->port());
    return door;
}

ingress::Counters FrontDoor::counters() const { return receiver_ ? receiver_->counters() : ingress::Counters(); }

void FrontDoor::stop() {
    if (server_) server_->stop();
}

FrontDoor::~FrontDoor() { stop(); }

}  // namespace syncline::app
