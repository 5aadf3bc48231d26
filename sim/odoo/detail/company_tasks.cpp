#include "sim/odoo/detail/company_tasks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace syncline::sim::odoo_detail {
namespace {

enum Stage { kToDo, kInProgress, kInReview, kDone, kCancelled };

struct PlannedTask {
    std::size_t project = 0;
    int level = 0;
    bool late_half = false;  // created after the first half of its level, so that it can depend on it
    std::ptrdiff_t parent = -1;
    std::ptrdiff_t blocker = -1;
    std::size_t milestone = 0;
    std::string name, wbs, thing;
    int children = 0;
    Stage stage = kToDo;
    std::int64_t id = 0;
};

template <typename T, std::size_t N>
const T& pick(SeededRandom& random, const std::array<T, N>& from) {
    return from[random.below(N)];
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

void name_task(SeededRandom& random, const ProjectTheme& theme, const std::vector<PlannedTask>& all, PlannedTask& task,
               std::size_t index_in_level) {
    if (task.level == 0) {
        const std::size_t round = index_in_level / theme.packages.size();
        task.name = theme.packages[index_in_level % theme.packages.size()];
        if (round > 0) task.name += fmt::format(" {}", round + 1);
        task.thing = capitalised(task.name);
        return;
    }
    if (task.level == 1) {
        task.thing = pick(random, theme.things);
        task.name = fmt::format("{} {}", pick(random, kTaskVerbs), task.thing);
        return;
    }
    task.thing = all[std::size_t(task.parent)].thing;
    const std::string_view form = pick(random, kStepForms);
    const std::size_t hole = form.find("{}");
    task.name = std::string(form.substr(0, hole)) + task.thing + std::string(form.substr(hole + 2));
    if (random.chance(0.3)) task.name += fmt::format(" with {}", pick(random, kDepartments));
}

Stage choose_stage(SeededRandom& random, const PlannedProject& plan, const PlannedTask& task) {
    if (random.chance(0.04)) return kCancelled;
    if (int(task.milestone) < plan.finished) return random.chance(0.92) ? kDone : kInReview;
    if (int(task.milestone) > plan.finished) return random.chance(0.9) ? kToDo : kInProgress;
    constexpr std::array<Stage, 8> kRunning{kToDo,       kToDo,       kToDo,     kInProgress,
                                            kInProgress, kInProgress, kInReview, kDone};
    return pick(random, kRunning);
}

// A tree of three levels: an eighth of the tasks are packages, a quarter tasks in them, the rest steps of those.
void plan_project(SeededRandom& random, const std::vector<PlannedProject>& plans, std::size_t project,
                  std::vector<PlannedTask>& all) {
    const PlannedProject& plan = plans[project];
    const std::size_t count = std::size_t(std::max(0, plan.tasks));
    const std::size_t roots = std::max<std::size_t>(1, count / 8);
    const std::size_t middle = roots + std::max<std::size_t>(1, count / 4);
    const std::size_t begin = all.size();
    std::set<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        PlannedTask task;
        task.project = project;
        task.level = i < roots ? 0 : i < middle ? 1 : 2;
        const std::size_t level_begin = task.level == 0 ? 0 : task.level == 1 ? roots : middle;
        const std::size_t level_end = task.level == 0   ? std::min(roots, count)
                                      : task.level == 1 ? std::min(middle, count)
                                                        : count;
        task.late_half = i - level_begin >= (level_end - level_begin + 1) / 2;
        if (task.level == 0) {
            task.milestone = plan.milestones.empty() ? 0 : i * plan.milestones.size() / roots;
            task.wbs = fmt::format("{}.{}", plan.wbs, i + 1);
        } else {
            const std::size_t above = task.level == 1 ? random.below(roots) : roots + random.below(middle - roots);
            task.parent = std::ptrdiff_t(begin + above);
            PlannedTask& parent = all[begin + above];
            task.milestone = parent.milestone;
            task.wbs = fmt::format("{}.{}", parent.wbs, ++parent.children);
        }
        constexpr int kTries = 12;  // two tasks of a project share a name only when the words run out
        for (int attempt = 0; attempt < kTries; ++attempt) {
            name_task(random, *plan.theme, all, task, i - level_begin);
            if (names.insert(task.name).second) break;
        }
        task.stage = choose_stage(random, plan, task);
        all.push_back(std::move(task));
    }
}

bool open(const PlannedTask& task) { return task.stage != kDone && task.stage != kCancelled; }

bool ancestor(const std::vector<PlannedTask>& all, const PlannedTask& task, std::size_t candidate) {
    for (std::ptrdiff_t at = task.parent; at >= 0; at = all[std::size_t(at)].parent) {
        if (std::size_t(at) == candidate) return true;
    }
    return false;
}

// A blocker is created in an earlier batch, belongs to an earlier or the same milestone, and is closed when the task
// is.
bool can_wait_for(const std::vector<PlannedTask>& all, const PlannedTask& task, std::size_t candidate) {
    const PlannedTask& other = all[candidate];
    const bool earlier = other.level < task.level || (other.level == task.level && task.late_half && !other.late_half);
    return other.project == task.project && earlier && other.milestone <= task.milestone &&
           !ancestor(all, task, candidate) && (open(task) || !open(other));
}

// A quarter of the tasks wait for another one, chosen among the sixty before it.
void plan_dependencies(SeededRandom& random, std::vector<PlannedTask>& all) {
    constexpr int kTries = 12;
    constexpr std::uint64_t kNear = 60;
    std::vector<std::size_t> order(all.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    std::size_t wanted = all.size() / 4;
    for (const std::size_t i : order) {
        if (wanted == 0) break;
        for (int attempt = 0; i > 0 && attempt < kTries; ++attempt) {
            const std::size_t candidate = i - 1 - random.below(std::min<std::uint64_t>(i, kNear));
            if (!can_wait_for(all, all[i], candidate)) continue;
            all[i].blocker = std::ptrdiff_t(candidate);
            --wanted;
            break;
        }
    }
}

std::string state_of(SeededRandom& random, const std::vector<PlannedTask>& all, const PlannedTask& task) {
    if (task.stage == kDone) return "1_done";
    if (task.stage == kCancelled) return "1_canceled";
    if (task.blocker >= 0 && open(all[std::size_t(task.blocker)])) return "04_waiting_normal";
    if (task.stage == kInReview) return random.chance(0.5) ? "03_approved" : "02_changes_requested";
    return "01_in_progress";
}

std::string describe(SeededRandom& random, const PlannedTask& task) {
    if (random.chance(0.25)) return "";
    std::string thing;
    for (const char c : task.thing) thing += c == '&' ? std::string("&amp;") : std::string(1, c);
    const auto note = [&] {
        std::string out;
        for (const char c : pick(random, kNotes)) out += c == '&' ? std::string("&amp;") : std::string(1, c);
        return out;
    };
    std::string html = fmt::format("<p>This is about <strong>{}</strong>. {}</p>", thing, note());
    if (random.chance(0.5)) {
        html +=
            fmt::format("<ul><li>{}</li><li>Owner in {}: to be named</li></ul>", note(), pick(random, kDepartments));
    }
    return html;
}

json::Array references(std::initializer_list<std::int64_t> ids) {
    json::Array command{6, 0, json::Array(ids.begin(), ids.end())};
    json::Array commands;
    commands.push_back(std::move(command));
    return commands;
}

json::Array choose_some(SeededRandom& random, const std::vector<std::int64_t>& from, double first, double second) {
    if (from.empty() || !random.chance(first)) return references({});
    const std::int64_t a = from[random.below(from.size())];
    const std::int64_t b = from[random.below(from.size())];
    return a == b || !random.chance(second) ? references({a}) : references({a, b});
}

json::Object task_values(SeededRandom& random, const std::vector<PlannedProject>& plans,
                         const std::vector<PlannedTask>& all, const PlannedTask& task, bool ppm_addon,
                         const Company& company) {
    const PlannedProject& plan = plans[task.project];
    const CompanyProject& project = company.projects[task.project];
    constexpr std::array<std::string_view, 10> kPriorities{"0", "0", "0", "0", "1", "1", "1", "2", "2", "3"};
    json::Object values{{"name", task.name},
                        {"project_id", project.id},
                        {"stage_id", project.stages[std::size_t(task.stage)]},
                        {"state", state_of(random, all, task)},
                        {"priority", pick(random, kPriorities)},
                        {"user_ids", choose_some(random, company.users, 0.85, 0.3)},
                        {"tag_ids", choose_some(random, company.tags, 0.5, 0.4)}};
    if (task.parent >= 0) values["parent_id"] = all[std::size_t(task.parent)].id;
    if (task.blocker >= 0) values["depend_on_ids"] = references({all[std::size_t(task.blocker)].id});
    if (const std::string html = describe(random, task); !html.empty()) values["description"] = html;
    if (random.chance(0.6)) values["allocated_hours"] = double(2 * (1 + random.below(20)));
    Day begin = plan.start, end = plan.end;
    if (!plan.milestones.empty()) {
        const PlannedMilestone& milestone = plan.milestones[std::min(task.milestone, plan.milestones.size() - 1)];
        begin = milestone.start;
        end = milestone.deadline;
        if (random.chance(0.9))
            values["milestone_id"] = project.milestones[std::min(task.milestone, plan.milestones.size() - 1)];
    }
    const auto span = std::uint64_t(std::max<std::int64_t>(2, (end - begin).count()));
    const Day due = begin + std::chrono::days(1 + random.below(span));
    if (random.chance(0.65)) values["date_deadline"] = format_day(due) + " 16:00:00";
    if (ppm_addon) {
        values["wbs_code"] = task.wbs;
        const Day from = std::max(begin, due - std::chrono::days(2 + random.below(10)));
        values["planned_date_begin"] = format_day(from);
        values["planned_date_end"] = format_day(std::max(from, due));
    }
    return values;
}

}  // namespace

void create_tasks(const Creator& create, SeededRandom& random, const std::vector<PlannedProject>& plans, bool ppm_addon,
                  Company& company) {
    std::vector<PlannedTask> all;
    for (std::size_t i = 0; i < plans.size(); ++i) plan_project(random, plans, i, all);
    plan_dependencies(random, all);
    for (int round = 0; round < 6; ++round) {
        std::vector<std::size_t> wave;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].level == round / 2 && all[i].late_half == (round % 2 == 1)) wave.push_back(i);
        }
        for (std::size_t from = 0; from < wave.size(); from += kCompanyBatch) {
            const std::size_t to = std::min(wave.size(), from + kCompanyBatch);
            json::Array list;
            for (std::size_t at = from; at < to; ++at) {
                list.push_back(task_values(random, plans, all, all[wave[at]], ppm_addon, company));
            }
            const std::vector<std::int64_t> ids = create("project.task", list);
            for (std::size_t at = from; at < to; ++at) {
                all[wave[at]].id = ids[at - from];
                company.projects[all[wave[at]].project].tasks.push_back(ids[at - from]);
            }
        }
    }
}

}  // namespace syncline::sim::odoo_detail
