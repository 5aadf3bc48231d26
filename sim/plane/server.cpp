#include "sim/plane/server.hpp"

#include <cstdlib>
#include <mutex>

#include "base/text.hpp"
#include "sim/plane/detail/adopt.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/people.hpp"
#include "sim/plane/detail/relations.hpp"
#include "sim/plane/detail/serve.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim {

using plane::Row;
using plane::World;

struct PlaneServer::Impl {
    Impl(PlaneOptions options, Clock& clock) : world(std::move(options), clock) {
        world.b.random = SeededRandom(world.options.seed);
        world.b.last = clock.now() - Micros(1);
        world.b.workspace = world.uuid();
        world.b.webhook = world.uuid();
        std::string secret = world.uuid();
        std::erase(secret, '-');
        world.b.webhook_secret = "plane_wh_" + secret;
        world.b.admin = world.add_user({"admin@example.test", "Ada", "Admin", plane::kAdmin});
        world.b.keys[world.options.key] = world.b.admin;
    }

    Row& living(plane::Table& table, const std::string& id) {
        Row* row = table.find(id);
        if (row == nullptr) std::abort();
        return *row;
    }
    std::string actor(const std::string& as) const { return as.empty() ? world.b.admin : as; }

    World world;
    mutable std::mutex mutex;
};

PlaneServer::PlaneServer(PlaneOptions options, Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(options), clock)) {}

PlaneServer::~PlaneServer() = default;

net::HttpResponse PlaneServer::handle(const net::HttpRequest& request) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    return plane::serve(impl_->world, request);
}

net::Handler PlaneServer::handler() {
    return [this](const net::HttpRequest& request) { return handle(request); };
}

std::string PlaneServer::add_user(const PlaneUser& user) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->world.add_user(user);
}

std::string PlaneServer::admin() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->world.b.admin;
}

std::string PlaneServer::add_key(const std::string& user) {
    const std::lock_guard lock(impl_->mutex);
    std::string key = impl_->world.uuid();
    std::erase(key, '-');
    key = "plane_api_" + key;
    impl_->world.b.keys[key] = user;
    return key;
}

void PlaneServer::drop_key(const std::string& key) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.b.keys.erase(key);
}

void PlaneServer::set_zone(const std::string& user, const std::string& zone) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.b.seats[user].zone = zone;
}

void PlaneServer::edit_item(const std::string& item, const json::Object& fields, const std::string& as) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    plane::edit_as_person(impl_->world, impl_->living(impl_->world.b.items, item), fields, impl_->actor(as));
}

std::string PlaneServer::add_item(const std::string& project, const json::Object& fields, const std::string& as) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    impl_->living(impl_->world.b.projects, project);
    return plane::add_as_person(impl_->world, project, fields, impl_->actor(as));
}

void PlaneServer::delete_item(const std::string& item) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    plane::remove_item(impl_->world, impl_->living(impl_->world.b.items, item));
}

void PlaneServer::archive_item(const std::string& item, bool archived) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    plane::archive_as_person(impl_->world, impl_->living(impl_->world.b.items, item), archived, impl_->world.b.admin);
}

void PlaneServer::remove_relation(const std::string& item, const std::string& blocker) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    if (!plane::unrelate(impl_->world, item, blocker)) std::abort();
    plane::touch_later(impl_->world, item, impl_->world.b.admin, {});
}

std::string PlaneServer::force_twin(const std::string& item) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    return plane::add_twin(impl_->world, impl_->living(impl_->world.b.items, item));
}

json::Object PlaneServer::item(const std::string& id) const {
    const std::lock_guard lock(impl_->mutex);
    World& world = impl_->world;
    world.run_jobs();
    const Row* row = world.b.items.find(id);
    if (row == nullptr) return {};
    json::Object out = plane::show(plane::kItemModel, *row, "UTC");
    const Row* place = plane::cycle_place(world, *row);
    out["cycle"] = place == nullptr ? json::Value(nullptr) : place->v.at("cycle");
    json::Array blockers;
    for (const Row* relation : world.b.relations.of(id)) {
        if (relation->text("relation_type") == "blocked_by") blockers.push_back(relation->v.at("related_issue"));
    }
    out["blocked_by"] = std::move(blockers);
    return out;
}

std::vector<std::string> PlaneServer::items(const std::string& project) const {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    std::vector<std::string> out;
    for (const Row* row : impl_->world.b.items.of(project)) out.push_back(row->id());
    return out;
}

json::Object PlaneServer::read(const std::string& kind, const std::string& id) const {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    plane::Table* table = impl_->world.table_of(kind);
    const Row* row = table == nullptr ? nullptr : table->find(id);
    return row == nullptr ? json::Object() : row->v;
}

std::vector<std::string> PlaneServer::ids(const std::string& kind, const std::string& project) const {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    plane::Table* table = impl_->world.table_of(kind);
    std::vector<std::string> out;
    if (table == nullptr) return out;
    for (const Row* row : project.empty() ? table->all() : table->of(project)) out.push_back(row->id());
    return out;
}

std::vector<json::Object> PlaneServer::projects() const {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    std::vector<json::Object> out;
    for (const Row* row : impl_->world.b.projects.all()) out.push_back(plane::show(plane::kProjectModel, *row, "UTC"));
    return out;
}

std::vector<json::Object> PlaneServer::comments(const std::string& item) const {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    std::vector<json::Object> out;
    for (const Row* row : impl_->world.b.comments.of(item))
        out.push_back(plane::show(plane::kCommentModel, *row, "UTC"));
    return out;
}

std::string PlaneServer::state_id(const std::string& project, const std::string& name) const {
    const std::lock_guard lock(impl_->mutex);
    for (const Row* row : impl_->world.b.states.of(project)) {
        if (row->text("name") == name) return row->id();
    }
    return {};
}

std::vector<PlaneDelivery> PlaneServer::take_deliveries() {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    std::vector<PlaneDelivery> out(impl_->world.b.deliveries.begin(), impl_->world.b.deliveries.end());
    impl_->world.b.deliveries.clear();
    return out;
}

void PlaneServer::set_webhook_secret(std::string secret) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.b.webhook_secret = std::move(secret);
}

void PlaneServer::set_sanitizer(std::function<std::string(std::string_view)> sanitizer) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.options.sanitizer = std::move(sanitizer);
}

std::shared_ptr<const void> PlaneServer::snapshot() const {
    const std::lock_guard lock(impl_->mutex);
    return std::make_shared<const plane::Books>(impl_->world.b);
}

void PlaneServer::restore(const std::shared_ptr<const void>& snapshot) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.b = *std::static_pointer_cast<const plane::Books>(snapshot);
}

bool PlaneServer::adopt(const std::string& kind, const json::Object& record) {
    const std::lock_guard lock(impl_->mutex);
    impl_->world.run_jobs();
    return plane::adopt_record(impl_->world, kind, record);
}

}  // namespace syncline::sim
