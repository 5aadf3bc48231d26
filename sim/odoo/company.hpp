// A believable company for a database of Odoo 19, real or simulated: people, portfolios, projects with stages and
// milestones, tasks in trees with dependencies. Everything follows from the seed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::sim {

inline constexpr std::size_t kCompanyBatch = 200;  // records per create call

// Creates records and answers their ids in the same order: Odoo's create(vals_list).
using Creator = std::function<std::vector<std::int64_t>(const std::string& model, const json::Array& values_list)>;

struct CompanyProject {
    std::int64_t id = 0;
    std::string name;
    std::vector<std::int64_t> stages;  // To Do, In Progress, In Review, Done, Cancelled
    std::vector<std::int64_t> milestones;
    std::vector<std::int64_t> tasks;
};

struct Company {
    std::vector<std::int64_t> users;  // in the order of their e-mails
    std::vector<std::string> emails;
    std::vector<std::int64_t> tags;
    std::vector<CompanyProject> projects;
};

// Uses only values that the API of Odoo 19 takes, so that the creator may be a client of a real server. The database
// must hold none of these users and tags yet. `ppm_addon`: the fields of ipai_ppm exist there. A project's task ids are
// parents before children, blockers before blocked.
Company build_company(const Creator& create, std::uint64_t seed, const CompanySize& size, bool ppm_addon);

}  // namespace syncline::sim
