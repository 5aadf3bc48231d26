// The server's insides, and what goes wrong on purpose.
#include <fmt/core.h>

#include <cstdlib>

#include "base/text.hpp"
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/server_impl.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim {

using odoo_detail::Env;
using odoo_detail::Field;
using odoo_detail::Model;

std::string OdooServer::Impl::try_as_person(const std::function<void(Env&)>& body) {
    const std::lock_guard lock(mutex);
    const json::Value quiet{{"tracking_disable", true}};
    try {
        database.transaction(odoo_detail::kAdmin, &quiet, [&](Env& env) {
            body(env);
            return json::Value();
        });
        return {};
    } catch (const odoo_detail::Failure& failure) {
        return failure.name + ": " + failure.message;
    }
}

void OdooServer::Impl::as_person(const std::function<void(Env&)>& body) {
    const std::string refusal = try_as_person(body);
    if (refusal.empty()) return;
    fmt::print(stderr, "simulated Odoo: a person's act failed: {}\n", refusal);
    std::abort();
}

json::Object OdooServer::Impl::read(const std::string& model, std::int64_t id, const json::Array& fields, bool plain) {
    json::Object row;
    as_person([&](Env& env) {
        json::Array rows = odoo_detail::read_rows(env, env.model(model), {id}, fields, plain);
        if (!rows.empty()) row = std::move(rows.front().get_object());
    });
    return row;
}

void OdooServer::Impl::announce(const net::HttpRequest& request) {
    BeforeCall hook;
    {
        const std::lock_guard lock(hook_mutex);
        hook = before_call;
    }
    if (!hook) return;
    const std::size_t at = request.url.find("/json/2/");
    if (at != std::string::npos) {
        const std::vector<std::string> parts = split(std::string_view(request.url).substr(at + 8), '/');
        if (parts.size() == 2) hook(parts[0], parts[1]);
        return;
    }
    if (request.url.find("/jsonrpc") == std::string::npos) return;
    const auto body = json::parse(request.body);
    const json::Value* params = body ? json::find(*body, "params") : nullptr;
    const json::Value* args = params == nullptr ? nullptr : json::find(*params, "args");
    if (args == nullptr || !args->is_array() || args->get_array().size() < 5) return;
    const json::Array& list = args->get_array();
    if (list[3].is_string() && list[4].is_string())
        hook(std::string(list[3].get_string()), std::string(list[4].get_string()));
}

void OdooServer::before_call(BeforeCall hook) {
    const std::lock_guard lock(impl_->hook_mutex);
    impl_->before_call = std::move(hook);
}

void OdooServer::fail_field(const std::string& model, const std::string& field) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.planted.failing_fields.emplace(model, field);
}

void OdooServer::answer_html(int calls, int status) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.planted.html_calls = calls;
    impl_->database.planted.html_status = status;
}

void OdooServer::heal() {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.planted = {};
}

std::int64_t OdooServer::commit_late(const std::string& model, const json::Object& values, Time began) {
    std::int64_t id = 0;
    impl_->as_person([&](Env& env) { id = env.create(env.model(model), {values}).front(); });
    impl_->as_person([&](Env& env) {
        const Model& kind = env.model(model);
        for (const std::string_view field : {"create_date", "write_date"})
            env.store.set(kind, id, *kind.find(field), began.time_since_epoch().count());
    });
    return id;
}

void OdooServer::touch(const std::string& model, const std::vector<std::int64_t>& ids, Time at) {
    impl_->as_person([&](Env& env) {
        const Model& kind = env.model(model);
        env.require_existing(kind, ids);
        for (const std::int64_t id : ids)
            env.store.set(kind, id, *kind.find("write_date"), at.time_since_epoch().count());
    });
}

void OdooServer::overwrite(const std::string& model, const std::vector<std::int64_t>& ids, const json::Object& values) {
    impl_->as_person([&](Env& env) {
        const Model& kind = env.model(model);
        env.require_existing(kind, ids);
        for (const auto& [name, value] : values) {
            const Field* field = kind.find(name);
            if (field == nullptr || field->x2many())
                throw odoo_detail::value_error(fmt::format("{} cannot be overwritten", std::string_view(name)));
            for (const std::int64_t id : ids) env.store.set(kind, id, *field, to_cell(kind, *field, value));
        }
    });
}

void OdooServer::erase(const std::string& model, const std::vector<std::int64_t>& ids) {
    impl_->as_person([&](Env& env) {
        env.require_existing(env.model(model), ids);
        for (const std::int64_t id : ids) env.store.erase(env.model(model), id);
    });
}

void OdooServer::drop_field(const std::string& model, const std::string& field) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.schema.drop_field(model, field);
}

void OdooServer::add_field(const std::string& model, const std::string& line) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.schema.add_field(model, line);
}

void OdooServer::retype_field(const std::string& model, const std::string& line) {
    const std::lock_guard lock(impl_->mutex);
    impl_->database.schema.drop_field(model, line.substr(0, line.find('|')));
    impl_->database.schema.add_field(model, line);
}

}  // namespace syncline::sim
