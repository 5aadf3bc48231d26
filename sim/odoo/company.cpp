#include "sim/odoo/company.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/odoo/detail/company_tasks.hpp"
#include "sim/odoo/detail/company_words.hpp"

namespace syncline::sim {

using namespace odoo_detail;

namespace {

// The company's calendar starts on a Monday; everything is planned from there.
constexpr Day kStart = std::chrono::year(2026) / 9 / 7;

void create_people(const Creator& create, const CompanySize& size, Company& company) {
    const auto count = std::min<std::size_t>(kPeople.size(), 6 + std::size_t(size.tasks) / 50);
    json::Array list;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string email = std::string(kPeople[i].email) + "@acme.example";
        company.emails.push_back(email);
        list.push_back(json::Object{{"name", kPeople[i].name}, {"login", email}, {"email", email}});
    }
    company.users = create("res.users", list);
}

void create_tags(const Creator& create, Company& company) {
    json::Array list;
    for (const TagName& tag : kTagNames) list.push_back(json::Object{{"name", tag.name}, {"color", tag.color}});
    company.tags = create("project.tags", list);
}

std::map<std::string, std::int64_t, std::less<>> create_portfolios(const Creator& create) {
    std::map<std::string, std::int64_t, std::less<>> portfolios;
    for (const ProjectTheme& theme : kThemes) portfolios.emplace(theme.portfolio, 0);
    json::Array list;
    for (const auto& [name, id] : portfolios) list.push_back(json::Object{{"name", name}});
    const std::vector<std::int64_t> ids = create("ipai.portfolio", list);
    std::size_t at = 0;
    for (auto& [name, id] : portfolios) id = ids[at++];
    return portfolios;
}

// More projects than themes: the same undertaking in the next region.
std::string project_name(std::size_t index) {
    static constexpr std::array<std::string_view, 4> kRegions{"Nordics", "Iberia", "APAC", "North America"};
    std::string name(kThemes[index % kThemes.size()].name);
    if (const std::size_t round = index / kThemes.size(); round > 0) {
        name += fmt::format(" - {}", kRegions[(round - 1) % kRegions.size()]);
        if (round > kRegions.size()) name += fmt::format(" {}", round / kRegions.size() + 1);
    }
    return name;
}

// Each project has stages of its own. Made by themselves, so that their ids are known in their order.
json::Array stages_of(std::int64_t project) {
    json::Array stages;
    std::int64_t sequence = 0;
    for (const std::string_view name : kStageNames) {
        ++sequence;
        json::Array link;
        link.push_back(json::Array{4, project});
        stages.push_back(json::Object{{"name", name},
                                      {"sequence", sequence},
                                      {"fold", sequence > kOpenStages},
                                      {"project_ids", std::move(link)}});
    }
    return stages;
}

json::Object project_values(const PlannedProject& plan, std::size_t index, const Company& company) {
    const ProjectTheme& theme = *plan.theme;
    return {{"name", project_name(index)},       {"user_id", company.users[index % company.users.size()]},
            {"allow_milestones", true},          {"allow_task_dependencies", true},
            {"privacy_visibility", "employees"}, {"date_start", format_day(plan.start)},
            {"date", format_day(plan.end)},      {"description", fmt::format("<p>{}</p>", theme.purpose)}};
}

// Deadlines two to three weeks apart, with a longer pause here and there, and now and then none yet.
void plan_milestones(SeededRandom& random, PlannedProject& plan, int count) {
    Day day = plan.start;
    for (int i = 0; i < count; ++i) {
        PlannedMilestone milestone;
        const std::size_t round = std::size_t(i) / plan.theme->milestones.size();
        milestone.name = plan.theme->milestones[std::size_t(i) % plan.theme->milestones.size()];
        if (round > 0) milestone.name += fmt::format(" (wave {})", round + 1);
        milestone.start = day;
        day += std::chrono::days(random.chance(0.25) ? 42 : random.chance(0.5) ? 14 : 21);
        milestone.deadline = day;
        milestone.dated = i == 0 || !random.chance(0.15);
        milestone.reached = i < plan.finished;
        plan.milestones.push_back(std::move(milestone));
    }
    plan.end = day + std::chrono::days(14);
}

void create_projects(const Creator& create, const std::vector<PlannedProject>& plans, bool ppm_addon,
                     Company& company) {
    std::map<std::string, std::int64_t, std::less<>> portfolios;
    if (ppm_addon) portfolios = create_portfolios(create);
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const PlannedProject& plan = plans[i];
        json::Object values = project_values(plan, i, company);
        if (ppm_addon) {
            values["wbs_code"] = plan.wbs;
            values["portfolio_id"] = portfolios.find(plan.theme->portfolio)->second;
            values["planned_date_begin"] = format_day(plan.start);
            values["planned_date_end"] = format_day(plan.end);
        }
        CompanyProject project;
        project.name = project_name(i);
        project.id = create("project.project", {values}).front();
        project.stages = create("project.task.type", stages_of(project.id));
        company.projects.push_back(std::move(project));
    }
}

void create_milestones(const Creator& create, const std::vector<PlannedProject>& plans, Company& company) {
    json::Array list;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (const PlannedMilestone& milestone : plans[i].milestones) {
            json::Object values{
                {"name", milestone.name}, {"project_id", company.projects[i].id}, {"is_reached", milestone.reached}};
            if (milestone.dated) values["deadline"] = format_day(milestone.deadline);
            list.push_back(std::move(values));
        }
    }
    const std::vector<std::int64_t> ids = create("project.milestone", list);
    std::size_t at = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        for (std::size_t m = 0; m < plans[i].milestones.size(); ++m)
            company.projects[i].milestones.push_back(ids[at++]);
    }
}

}  // namespace

Company build_company(const Creator& create, std::uint64_t seed, const CompanySize& size, bool ppm_addon) {
    SeededRandom random(seed);
    Company company;
    create_people(create, size, company);
    create_tags(create, company);
    const auto projects = static_cast<std::size_t>(std::max(1, size.projects));
    std::vector<PlannedProject> plans(projects);
    for (std::size_t i = 0; i < projects; ++i) {
        PlannedProject& plan = plans[i];
        plan.theme = &kThemes[i % kThemes.size()];
        plan.wbs = std::string(plan.theme->wbs) + (i < kThemes.size() ? "" : std::to_string(i / kThemes.size() + 1));
        plan.start = kStart + std::chrono::days(7 * random.below(8));
        const int milestones = size.milestones / int(projects) + (int(i) < size.milestones % int(projects) ? 1 : 0);
        plan.finished = int(random.below(std::uint64_t(std::max(1, milestones))));
        plan_milestones(random, plan, milestones);
        plan.tasks = size.tasks / int(projects) + (int(i) < size.tasks % int(projects) ? 1 : 0);
    }
    create_projects(create, plans, ppm_addon, company);
    create_milestones(create, plans, company);
    create_tasks(create, random, plans, ppm_addon, company);
    return company;
}

void fill_company(OdooServer& odoo, std::uint64_t seed, CompanySize size) {
    const bool ppm_addon = odoo.has_ppm_addon();
    build_company([&](const std::string& model, const json::Array& list) { return odoo.create(model, list); }, seed,
                  size, ppm_addon);
}

}  // namespace syncline::sim
