// One call of one method of one model, before it is put on the wire.
#pragma once

#include <string>
#include <vector>

#include "odoo/client.hpp"

namespace syncline::odoo::detail {

// Longer than the two minutes after which Odoo itself ends a request: an answer that is not there by then never comes.
inline constexpr std::chrono::milliseconds kCallTimeout{150'000};

struct Call {
    std::string model;
    std::string method;
    json::Object arguments;  // by name; "ids" is the recordset, "context" the context
    std::string name() const { return model + "/" + method; }
};

// What every call to one server needs to know.
struct Peer {
    std::string base;  // without a trailing slash
    std::string database;
    std::string login;
    vault::Secret key;
    std::int64_t uid = 0;  // JSON-RPC only
};

}  // namespace syncline::odoo::detail
