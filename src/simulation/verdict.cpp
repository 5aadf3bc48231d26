#include "simulation/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace syncline::simulation {

namespace {

struct LinkRow {
    std::string status, plane_id;
    std::map<std::string, std::string, std::less<>> parked;  // reason by field; "" = the whole link
    std::string text;                                        // of what is parked
};

class Verdict {
public:
    Verdict(Judge& judge, Savepoints& store, const access::Scope& scope, sim::PlaneServer& plane)
        : judge_(judge), store_(store), scope_(scope), plane_(plane) {}

    Result<void> load();
    void compare_tasks();
    void compare_around();
    Result<void> check_losses();
    Result<void> check_ends(const std::vector<std::int64_t>& accepted);

private:
    Result<pg::Rows> query(std::string_view sql, const pg::Params& more = {});
    void compare_task(const OdooTask& task);
    void compare_field(const OdooTask& task, const PlaneItem& item, Field field, const LinkRow& link);
    bool labels_agree(const OdooTask& task, const PlaneItem& item) const;
    bool blockers_agree(const OdooTask& task, const PlaneItem& item) const;

    Judge& judge_;
    Savepoints& store_;
    const access::Scope& scope_;
    sim::PlaneServer& plane_;
    std::map<std::string, LinkRow, std::less<>> links_;  // by key
    Names orphans_;                                      // Plane's ids of what the registry names
};

Result<pg::Rows> Verdict::query(std::string_view sql, const pg::Params& more) {
    pg::Params params = {scope_.org.text(), scope_.profile};
    params.insert(params.end(), more.begin(), more.end());
    pg::Rows rows;
    TRY(store_.run(scope_.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        rows = TRY(tx.exec(sql, params));
        return ok();
    }));
    return rows;
}

Result<void> Verdict::load() {
    const pg::Rows rows = TRY(query(
        "select link, status, plane_id, parked::text as parked from sync.links where org_id = $1 and profile = $2"));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LinkRow& link = links_[std::string(rows.text(i, "link"))];
        link.status = rows.text(i, "status");
        link.plane_id = rows.text(i, "plane_id");
        link.text = rows.text(i, "parked");
        const json::Value parked = TRY(json::parse(link.text));
        for (const json::Value& entry : parked.as_array()) {
            link.parked.emplace(json::text_or(entry, "field"), json::text_or(entry, "reason"));
        }
    }
    const pg::Rows orphans = TRY(query("select plane_id from sync.orphans where org_id = $1 and profile = $2"));
    for (std::size_t i = 0; i < orphans.size(); ++i) orphans_.emplace(orphans.text(i, "plane_id"));
    return ok();
}

// Labels that people gave in Plane stay there.
bool Verdict::labels_agree(const OdooTask& task, const PlaneItem& item) const {
    const Names tags = names_of(task.words[kLabels]);
    const Names labels = names_of(item.words[kLabels]);
    return std::includes(labels.begin(), labels.end(), tags.begin(), tags.end()) &&
           std::all_of(labels.begin(), labels.end(), [&](const std::string& label) {
               return tags.contains(label) || judge_.added_by_people(item.id, label);
           });
}

// Odoo forgets a blocker that it deletes; Plane goes on to show what it put away. An item that was born in Plane has no
// task that could block in Odoo: the profile passes it over, and the registry of orphans names it.
bool Verdict::blockers_agree(const OdooTask& task, const PlaneItem& item) const {
    const Names wanted = names_of(task.words[kBlockers]);
    Names shown = names_of(item.words[kBlockers]);
    std::erase_if(shown, [&](const std::string& name) {
        if (wanted.contains(name)) return false;
        const auto& items = judge_.screens().items();
        if (const auto born = items.find(name); born != items.end() && born->second.task == 0) {
            return orphans_.contains(name);
        }
        return std::any_of(items.begin(), items.end(), [&](const auto& other) {
            return other.second.external_id == name && other.second.archived;
        });
    });
    return wanted == shown;
}

void Verdict::compare_field(const OdooTask& task, const PlaneItem& item, Field field, const LinkRow& link) {
    const bool same = field == kLabels     ? labels_agree(task, item)
                      : field == kBlockers ? blockers_agree(task, item)
                                           : task.words[field] == item.words[field];
    if (same || link.parked.contains(to_string(field))) return;
    // Plane has no list of relations, and tells of none: what people relate there is found item by item, if at all.
    if (field == kBlockers && task.words[field].empty() && judge_.typed_in_plane(item.id, field)) return;
    judge_.violation("P4", fmt::format("{} of task {} is '{}' in Odoo and '{}' in Plane; parked: {}", to_string(field),
                                       task.id, task.words[field], item.words[field], link.text));
}

void Verdict::compare_task(const OdooTask& task) {
    const auto found = links_.find("task/odoo/" + std::to_string(task.id));
    if (found == links_.end()) return judge_.violation("P5", fmt::format("task {} has no link", task.id));
    const LinkRow& link = found->second;
    if (link.parked.contains("")) return;  // it waits as a whole, and says why
    const PlaneItem* item = judge_.screens().item(link.plane_id);
    if (link.status == "tombstone") {
        return judge_.violation("P5", fmt::format("task {} lives under a tombstone without a reason", task.id));
    }
    if (link.status != "active" || item == nullptr || item->archived) {
        return judge_.violation("P4", fmt::format("task {} lives; its link is {}, its item is {}", task.id, link.status,
                                                  item == nullptr  ? "not there"
                                                  : item->archived ? "archived"
                                                                   : "there"));
    }
    for (int field = 0; field < kFields; ++field) compare_field(task, *item, static_cast<Field>(field), link);
}

void Verdict::compare_tasks() {
    const Screens& screens = judge_.screens();
    for (const auto& [id, task] : screens.tasks()) {
        if (screens.living(task)) compare_task(task);
    }
    // What Odoo put away is put away in Plane.
    for (const auto& [id, item] : screens.items()) {
        const OdooTask* task = item.task == 0 ? nullptr : screens.task(item.task);
        if (item.task == 0 || item.archived || (task != nullptr && task->active)) continue;
        const bool project_open = plane_.read("project", item.project).at("archived_at").is_null();
        const auto link = links_.find("task/odoo/" + std::to_string(item.task));
        const bool parked = link != links_.end() && link->second.parked.contains("");
        if (project_open && !parked) {
            judge_.violation("P4", fmt::format("task {} was put away in Odoo, its item lives in Plane", item.task));
        }
    }
}

// Projects and milestones.
void Verdict::compare_around() {
    for (const auto& [id, milestone] : judge_.screens().milestones()) {
        const auto link = links_.find("milestone/odoo/" + std::to_string(id));
        const auto project = judge_.screens().projects().find(milestone.project);
        if (project == judge_.screens().projects().end() || !project->second.active) continue;
        if (link == links_.end()) {
            judge_.violation("P5", fmt::format("milestone {} has no link", id));
            continue;
        }
        if (link->second.parked.contains("")) continue;
        const json::Object cycle = plane_.read("cycle", link->second.plane_id);
        const std::string name(json::text_or(cycle, "name"));
        if (name != milestone.name && !link->second.parked.contains("name")) {
            judge_.violation("P4", fmt::format("milestone {} is '{}' in Odoo and '{}' in Plane; parked: {}", id,
                                               milestone.name, name, link->second.text));
        }
    }
}

Result<void> Verdict::check_losses() {
    if (judge_.losses().empty()) return ok();
    const pg::Rows conflicts = TRY(
        query("select link, field, losing #>> '{}' as lost from ledger.conflicts where org_id = $1 and profile = $2"));
    const pg::Rows entries =
        TRY(query("select e.link, c->>'field' as field, c->>'from' as lost from ledger.entries e, "
                  "jsonb_array_elements(e.changes) c where e.org_id = $1 and e.profile = $2"));
    const auto keeps = [](const pg::Rows& rows, const Loss& loss) {
        const std::string link = "task/odoo/" + std::to_string(loss.task);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows.text(i, "link") != link || rows.text(i, "field") != to_string(loss.field)) continue;
            const auto lost = rows.text(i, "lost");
            if (loss.spellings.empty() ||
                std::find(loss.spellings.begin(), loss.spellings.end(), lost) != loss.spellings.end()) {
                return true;
            }
        }
        return false;
    };
    for (const Loss& loss : judge_.losses()) {
        if (keeps(conflicts, loss) || (loss.put_back && keeps(entries, loss))) continue;
        judge_.violation("P3", loss.text + " was overwritten and is not in the ledger");
    }
    return ok();
}

Result<void> Verdict::check_ends(const std::vector<std::int64_t>& accepted) {
    const pg::Rows jobs = TRY(query(
        "select (select count(*) from jobs.queue where org_id = $1 and kind = 'look' and $2 <> '') as waiting, "
        "(select count(*) from jobs.running where org_id = $1) as running, "
        "(select count(*) from jobs.dead where org_id = $1 and (reason = '' or error = '')) as nameless, "
        "(select count(*) from ingress.inbox where org_id = $1 and (open or (state in ('failed', 'parked', 'dead') "
        "and reason = ''))) as open, "
        "(select count(*) from sync.observations o join sync.links l on l.org_id = o.org_id and l.profile = o.profile "
        "and l.entity = o.entity and case o.peer when 'odoo' then l.odoo_id::text else l.plane_id end = o.id "
        "where o.org_id = $1 and o.profile = $2 and o.dirty and l.parked = '[]') as dirty"));
    const auto none = [&](std::string_view column, std::string_view what) {
        if (jobs.integer(0, column) > 0) {
            judge_.violation("P5", fmt::format("{} {}", jobs.integer(0, column), what));
        }
    };
    none("waiting", "looks still wait although all is quiet");
    none("running", "jobs are still taken although nobody works");
    none("nameless", "jobs died without a reason");
    none("open", "receipts came to no end");
    none("dirty", "observations were never planned, and nothing says why");
    if (accepted.empty()) return ok();
    std::vector<std::string> ids;
    for (const std::int64_t id : accepted) ids.push_back(std::to_string(id));
    const pg::Rows kept = TRY(
        query("select count(*) as n from unnest($3::bigint[]) a (receipt) where $2 <> '' and not exists (select from "
              "ingress.receipts r where r.org_id = $1 and r.receipt = a.receipt)",
              {pg::array_literal(ids)}));
    if (kept.integer(0, "n") > 0) {
        judge_.violation("P5", fmt::format("{} receipts were answered for and are not there", kept.integer(0, "n")));
    }
    return ok();
}

}  // namespace

Result<void> give_verdict(Judge& judge, Savepoints& store, const access::Scope& scope, sim::PlaneServer& plane,
                          const std::vector<std::int64_t>& accepted_receipts) {
    Verdict verdict(judge, store, scope, plane);
    TRY(verdict.load());
    verdict.compare_tasks();
    verdict.compare_around();
    TRY(verdict.check_losses());
    return verdict.check_ends(accepted_receipts);
}

}  // namespace syncline::simulation
