// What the store alone can say: is everything still as it was certified?
#pragma once

#include <functional>

#include "mirror/verify.hpp"

namespace syncline::mirror::detail {

struct Job {
    pg::Database& database;
    odoo::Client* client;  // none offline
    const Source& source;
    std::string_view entity;
    const Clock& clock;
};

// Every stored hash, and the root and the digest over them. `visit` gets the id of each record that was certified.
Result<void> offline(const Job& job, Verified& verified, const std::function<void(std::int64_t)>& visit);

}  // namespace syncline::mirror::detail
