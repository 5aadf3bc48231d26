// What the screens of both sides show of each task, in words that can be compared: the judge's own reading of both
// peers. It shares no code with the program that is judged.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/odoo/server.hpp"
#include "sim/plane/server.hpp"

namespace syncline::simulation {

enum Field : std::uint8_t {
    kName,
    kPriority,
    kStart,
    kDue,
    kState,
    kParent,
    kAssignees,
    kMilestone,
    kBlockers,
    kLabels,
    kDescription,
    kFields
};
// As the profile names it.
std::string_view to_string(Field field);

using Words = std::array<std::string, kFields>;

struct OdooTask {
    std::int64_t id = 0;
    std::int64_t project = 0;  // 0: a private to-do
    std::int64_t parent = 0;
    std::int64_t stage = 0;
    std::int64_t milestone = 0;
    bool active = true;
    bool shipped = false;
    std::vector<std::int64_t> blockers;
    std::string stage_key;  // "in_review", where Plane has "in_progress" only
    Words words;
};

struct PlaneItem {
    std::string id;
    std::string project;
    std::string external_id;  // "" = nobody's
    std::int64_t task = 0;    // that it names; 0: none
    bool archived = false;
    Words words;
};

struct OdooProject {
    std::string name;
    bool active = true;
};
struct OdooMilestone {
    std::int64_t project = 0;
    std::string name, deadline;
};

class Screens {
public:
    Screens(sim::OdooServer& odoo, sim::PlaneServer& plane) : odoo_(odoo), plane_(plane) {}

    void refresh();        // everything
    void refresh_lists();  // Odoo's projects, milestones and tags
    void refresh_tasks();
    void refresh_plane();
    void refresh_task(std::int64_t id);
    void refresh_item(const std::string& id);

    const std::map<std::int64_t, OdooTask>& tasks() const { return tasks_; }  // archived ones too
    const std::map<std::string, PlaneItem>& items() const { return items_; }  // archived ones too
    const std::map<std::int64_t, OdooProject>& projects() const { return projects_; }
    const std::map<std::int64_t, OdooMilestone>& milestones() const { return milestones_; }
    const std::vector<std::string>& plane_projects() const { return plane_projects_; }  // living ones
    const OdooTask* task(std::int64_t id) const;
    const PlaneItem* item(const std::string& id) const;
    // The living item that names this task, the first one when there are twins; null when there is none.
    const PlaneItem* item_of(std::int64_t task) const;
    // Alive, in a project that is alive.
    bool living(const OdooTask& task) const;

private:
    std::string external_of_item(std::string_view id) const;
    std::string label_name(const std::string& id) const;

    sim::OdooServer& odoo_;
    sim::PlaneServer& plane_;
    std::map<std::int64_t, OdooTask> tasks_;
    std::map<std::string, PlaneItem> items_;
    std::map<std::int64_t, OdooProject> projects_;
    std::map<std::int64_t, OdooMilestone> milestones_;
    std::vector<std::string> plane_projects_;
    std::map<std::int64_t, std::string> users_;   // e-mail by id, of those whom Plane knows
    std::map<std::int64_t, std::string> tags_;    // name by id
    std::map<std::int64_t, std::string> stages_;  // key by id
};

// From a stage's or a state's name: "backlog", "todo", "in_progress", "in_review", "done", "cancelled".
std::string stage_key(std::string_view name);
// What both sides can tell apart: Plane has one state for "in progress" and "in review".
std::string state_word(std::string_view stage_key);
// The letters of a description, without markup and blanks.
std::string plain_text(std::string_view html);

}  // namespace syncline::simulation
