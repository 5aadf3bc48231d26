// What a story is about: everything that leads from one room's rows to another's.
#pragma once

#include <set>
#include <string>

#include "access/scope.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"

namespace syncline::dispatch {

struct TraceHandles {
    std::string kind;  // of the id that was given; "" = nothing is known of it
    std::set<std::string> correlations;
    std::set<std::string> runs;
    std::set<std::string> links;
    std::set<std::string> subjects;
    std::set<std::string> receipts;
    bool of_record = false;  // the story of a record over all time, not of one cause
};

// Finds what the id is, and follows it: receipt to subjects to links, correlation to receipts, jobs and runs, and back.
Result<TraceHandles> find_handles(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                                  const std::string& id);

}  // namespace syncline::dispatch
