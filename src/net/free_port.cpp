#include "net/free_port.hpp"

#include "net/http_server.hpp"

namespace syncline::net {

Result<int> free_port() {
    const std::unique_ptr<HttpServer> probe = TRY(serve([](const HttpRequest&) { return HttpResponse(); }));
    return probe->port();
}

}  // namespace syncline::net
