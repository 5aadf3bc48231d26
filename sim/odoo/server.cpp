#include "sim/odoo/server.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <mutex>

#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/routes.hpp"

namespace syncline::sim {

using odoo_detail::Env;

struct OdooServer::Impl {
    Impl(OdooOptions options, Clock& clock) : database(std::move(options), clock) {}

    // What a person does: as the administrator, without notes in the chatter.
    json::Value as_person(const std::function<json::Value(Env&)>& body) {
        const std::lock_guard lock(mutex);
        const json::Value quiet{{"tracking_disable", true}};
        try {
            return database.transaction(odoo_detail::kAdmin, &quiet, body);
        } catch (const odoo_detail::Failure& failure) {
            fmt::print(stderr, "simulated Odoo: a person's act failed: {}: {}\n", failure.name, failure.message);
            std::abort();
        }
    }

    mutable std::mutex mutex;
    odoo_detail::Database database;
};

OdooServer::OdooServer(OdooOptions options, Clock& clock) : impl_(std::make_unique<Impl>(std::move(options), clock)) {}
OdooServer::~OdooServer() = default;

net::HttpResponse OdooServer::handle(const net::HttpRequest& request) {
    const std::lock_guard lock(impl_->mutex);
    return odoo_detail::route(impl_->database, request);
}

net::Handler OdooServer::handler() {
    return [this](const net::HttpRequest& request) { return handle(request); };
}

std::vector<std::int64_t> OdooServer::create(const std::string& model, const json::Array& values_list) {
    std::vector<std::int64_t> ids;
    impl_->as_person([&](Env& env) {
        ids = env.create(env.model(model), values_list);
        return json::Value();
    });
    return ids;
}

void OdooServer::write(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values) {
    impl_->as_person([&](Env& env) {
        env.write(env.model(model), ids, values);
        return json::Value();
    });
}

void OdooServer::unlink(const std::string& model, const std::vector<std::int64_t>& ids) {
    impl_->as_person([&](Env& env) {
        env.unlink(env.model(model), ids);
        return json::Value();
    });
}

json::Object OdooServer::read(const std::string& model, std::int64_t id) const {
    json::Object row;
    impl_->as_person([&](Env& env) {
        json::Array rows = odoo_detail::read_rows(env, env.model(model), {id}, {}, false);
        if (!rows.empty()) row = std::move(rows.front().get_object());
        return json::Value();
    });
    return row;
}

bool OdooServer::has_ppm_addon() const { return impl_->database.options.ppm_addon; }

std::vector<std::int64_t> OdooServer::ids(const std::string& model) const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<std::int64_t> ids;
    for (const auto& [id, row] : impl_->database.store().rows(impl_->database.registry.at(model))) ids.push_back(id);
    return ids;
}

}  // namespace syncline::sim
