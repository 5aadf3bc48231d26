#include "sim/odoo/server.hpp"

#include <fmt/core.h>

#include <cstdlib>
#include <mutex>
#include <utility>

#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/routes.hpp"
#include "sim/odoo/detail/server_impl.hpp"

namespace syncline::sim {

using odoo_detail::Env;

OdooServer::OdooServer(OdooOptions options, Clock& clock) : impl_(std::make_unique<Impl>(std::move(options), clock)) {}
OdooServer::~OdooServer() = default;

net::HttpResponse OdooServer::handle(const net::HttpRequest& request) {
    impl_->announce(request);
    const std::lock_guard lock(impl_->mutex);
    return odoo_detail::route(impl_->database, request);
}

net::Handler OdooServer::handler() {
    return [this](const net::HttpRequest& request) { return handle(request); };
}

std::vector<std::int64_t> OdooServer::create(const std::string& model, const json::Array& values_list) {
    std::vector<std::int64_t> ids;
    impl_->as_person([&](Env& env) { ids = env.create(env.model(model), values_list); });
    return ids;
}

void OdooServer::write(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values) {
    impl_->as_person([&](Env& env) { env.write(env.model(model), ids, values); });
}

void OdooServer::unlink(const std::string& model, const std::vector<std::int64_t>& ids) {
    impl_->as_person([&](Env& env) { env.unlink(env.model(model), ids); });
}

std::string OdooServer::try_write(const std::string& model, const std::vector<std::int64_t>& ids,
                                  const json::Object& values) {
    return impl_->try_as_person([&](Env& env) { env.write(env.model(model), ids, values); });
}

std::string OdooServer::try_unlink(const std::string& model, const std::vector<std::int64_t>& ids) {
    return impl_->try_as_person([&](Env& env) { env.unlink(env.model(model), ids); });
}

json::Object OdooServer::read(const std::string& model, std::int64_t id) const {
    return impl_->read(model, id, {}, false);
}

json::Object OdooServer::read(const std::string& model, std::int64_t id, const std::vector<std::string>& fields) const {
    json::Array names;
    for (const std::string& field : fields) names.push_back(json::Value(field));
    return impl_->read(model, id, names, true);
}

void OdooServer::below(const std::function<void(odoo_detail::Env&)>& body) { impl_->as_person(body); }

void OdooServer::watch(const std::vector<std::string>& models) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.watch(models);
}

std::vector<OdooChange> OdooServer::take_changes() {
    const std::lock_guard lock(impl_->mutex);
    return std::exchange(impl_->database.outbox(), {});
}

std::shared_ptr<const void> OdooServer::snapshot() const {
    const std::lock_guard lock(impl_->mutex);
    return std::make_shared<const odoo_detail::Database::Snapshot>(impl_->database.snapshot());
}

void OdooServer::restore(const std::shared_ptr<const void>& snapshot) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.restore(*std::static_pointer_cast<const odoo_detail::Database::Snapshot>(snapshot));
}

bool OdooServer::has_ppm_addon() const { return impl_->database.options.ppm_addon; }

std::vector<std::int64_t> OdooServer::ids(const std::string& model) const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<std::int64_t> ids;
    for (const auto& [id, row] : impl_->database.store().rows(impl_->database.registry.at(model))) ids.push_back(id);
    return ids;
}

}  // namespace syncline::sim
