// What OdooServer holds.
#pragma once

#include <functional>
#include <mutex>

#include "sim/odoo/detail/database.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::sim {

struct OdooServer::Impl {
    Impl(OdooOptions options, Clock& clock) : database(std::move(options), clock) {}

    // What a person does: as the administrator, without notes in the chatter. "" or what Odoo says against it.
    std::string try_as_person(const std::function<void(odoo_detail::Env&)>& body);
    void as_person(const std::function<void(odoo_detail::Env&)>& body);  // aborts where Odoo refuses
    json::Object read(const std::string& model, std::int64_t id, const json::Array& fields, bool plain);
    // Tells whoever asked which method of which model is about to be called.
    void announce(const net::HttpRequest& request);

    mutable std::mutex mutex;
    odoo_detail::Database database;
    std::mutex hook_mutex;
    BeforeCall before_call;
};

}  // namespace syncline::sim
