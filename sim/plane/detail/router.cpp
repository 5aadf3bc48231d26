#include "sim/plane/detail/router.hpp"

#include "base/text.hpp"
#include "sim/plane/detail/handlers.hpp"

namespace syncline::sim::plane {
namespace {

// "@" stands for the path of a project.
constexpr std::string_view kProjectPath = "workspaces/<slug>/projects/<u:project>";
constexpr std::string_view kList = "GET, POST";
constexpr std::string_view kOne = "GET, PATCH, DELETE";

constexpr Route kRoutes[] = {
    {"users/me", "GET", Right::kSignedIn, users_me},
    {"workspaces/<slug>", "GET, HEAD, OPTIONS", Right::kNobody, workspace_root},
    {"workspaces/<slug>/members", "GET", Right::kWorkspaceStaff, workspace_members},
    {"workspaces/<slug>/projects", kList, Right::kProjects, projects},
    {"workspaces/<slug>/projects/<u:project>", kOne, Right::kProjects, project},
    {"@/archive", "POST, DELETE", Right::kProjects, project_archive},
    {"@/summary", "GET", Right::kWorkspaceAdmin, project_summary},
    {"@/members", kList, Right::kAdminWrites, project_members},
    {"@/members/<u:id>", "PATCH, DELETE, GET", Right::kAdminWrites, project_member},
    {"@/project-members", kList, Right::kAdminWrites, project_members},
    {"@/project-members/<u:id>", "PATCH, DELETE, GET", Right::kAdminWrites, project_member},
    {"@/states", kList, Right::kWriters, states},
    {"@/states/<u:id>", kOne, Right::kWriters, state},
    {"@/labels", kList, Right::kWriters, labels},
    {"@/labels/<u:id>", kOne, Right::kWriters, label},
    {"@/cycles", kList, Right::kWriters, cycles},
    {"@/cycles/<u:id>", kOne, Right::kWriters, cycle},
    {"@/cycles/<u:id>/archive", "POST", Right::kWriters, cycle_archive},
    {"@/archived-cycles", "GET", Right::kWriters, archived_cycles},
    {"@/archived-cycles/<u:id>/unarchive", "DELETE", Right::kWriters, cycle_unarchive},
    {"@/cycles/<u:cycle>/cycle-issues", kList, Right::kWriters, cycle_items},
    {"@/cycles/<u:cycle>/cycle-issues/<u:item>", "GET, DELETE", Right::kWriters, cycle_item},
    {"@/cycles/<u:cycle>/transfer-issues", "POST", Right::kWriters, cycle_transfer},
    {"@/modules", kList, Right::kWriters, modules},
    {"@/modules/<u:id>", kOne, Right::kWriters, module_detail},
    {"@/modules/<u:module>/module-issues", kList, Right::kWriters, module_items},
    {"@/modules/<u:module>/module-issues/<u:item>", "DELETE", Right::kWriters, module_item},
    {"@/intake-issues", kList, Right::kWriters, intake_items},
    {"workspaces/<slug>/<items>/search", "GET", Right::kSignedIn, search_items},
    {"workspaces/<slug>/<items>/<k:key>", "GET", Right::kByKey, item_by_key},
    {"@/<items>", kList, Right::kWriters, items},
    {"@/<items>/<u:item>", kOne, Right::kWriters, item},
    {"@/work-items/<u:item>/relations", kList, Right::kWriters, relations},
    {"@/<items>/<u:item>/comments", kList, Right::kMembers, comments},
    {"@/<items>/<u:item>/comments/<u:id>", kOne, Right::kMembers, comment},
    {"@/<items>/<u:item>/links", kList, Right::kWriters, links},
    {"@/<items>/<u:item>/links/<u:id>", kOne, Right::kWriters, link},
    {"@/<items>/<u:item>/activities", "GET", Right::kWriters, activities},
    {"@/<items>/<u:item>/activities/<u:id>", "GET", Right::kWriters, activity},
    {"@/work-items/<u:item>/attachments", kList, Right::kWriters, attachments},
    {"@/work-items/<u:item>/attachments/<u:id>", kOne, Right::kWriters, attachment},
    {"@/issues/<u:item>/issue-attachments", kList, Right::kWriters, attachments},
    {"@/issues/<u:item>/issue-attachments/<u:id>", kOne, Right::kWriters, attachment},
};

bool fits(std::string_view wanted, const std::string& given, Match& match) {
    if (wanted == "<items>") return given == "work-items" || given == "issues";
    if (wanted.empty() || wanted.front() != '<') return wanted == given;
    std::string_view name = wanted.substr(1, wanted.size() - 2);
    if (given.empty()) return false;
    if (name.starts_with("u:")) {
        if (!is_uuid(given)) return false;
        name.remove_prefix(2);
    } else if (name.starts_with("k:")) {
        if (given.find('-') == std::string::npos) return false;
        name.remove_prefix(2);
    }
    match.args[std::string(name)] = given;
    return true;
}

}  // namespace

Match find_route(std::string_view path, const PlaneOptions& options) {
    const std::vector<std::string> given = split(path, '/');
    bool new_path = false;
    for (const std::string& part : given) new_path = new_path || part == "work-items";
    if (new_path && !options.work_items_path) return {};
    if (!options.relations && !given.empty() && given.back() == "relations") return {};
    for (const Route& route : kRoutes) {
        Match match;
        match.route = &route;
        std::string pattern(route.path);
        if (pattern.front() == '@') pattern.replace(0, 1, kProjectPath);
        const std::vector<std::string> wanted = split(pattern, '/');
        if (wanted.size() != given.size()) continue;
        bool all = true;
        for (std::size_t i = 0; i < wanted.size() && all; ++i) all = fits(wanted[i], given[i], match);
        if (all) return match;
    }
    return {};
}

bool allows(const Route& route, std::string_view method) {
    for (const std::string& each : split(route.allow, ',')) {
        if (trim(each) == method) return true;
    }
    return false;
}

}  // namespace syncline::sim::plane
