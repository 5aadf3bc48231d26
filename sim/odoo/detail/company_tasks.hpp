// The tasks of a company: planned as trees, created level by level.
#pragma once

#include <array>

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/odoo/company.hpp"
#include "sim/odoo/detail/company_words.hpp"

namespace syncline::sim::odoo_detail {

inline constexpr std::array<std::string_view, 5> kStageNames{"To Do", "In Progress", "In Review", "Done", "Cancelled"};

inline constexpr std::int64_t kOpenStages = 3;  // the ones after are folded

struct PlannedMilestone {
    std::string name;
    Day start, deadline;
    bool dated = true;
    bool reached = false;
};

struct PlannedProject {
    const ProjectTheme* theme = nullptr;
    std::string wbs;
    Day start, end;
    int finished = 0;  // milestones already behind us
    int tasks = 0;
    std::vector<PlannedMilestone> milestones;
};

void create_tasks(const Creator& create, SeededRandom& random, const std::vector<PlannedProject>& plans, bool ppm_addon,
                  Company& company);

}  // namespace syncline::sim::odoo_detail
