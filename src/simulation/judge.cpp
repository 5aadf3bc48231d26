#include "simulation/judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace syncline::simulation {

namespace {

bool is_set(Field field) { return field == kAssignees || field == kBlockers || field == kLabels; }

Names without(const Names& from, const Names& these) {
    Names left;
    std::set_difference(from.begin(), from.end(), these.begin(), these.end(), std::inserter(left, left.end()));
    return left;
}

bool meet(const Names& a, const Names& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.contains(name); });
}

// Whom a field belongs to, as the delivery profile says.
Place owner_of(Field field) { return field == kState ? Place::kPlane : Place::kOdoo; }

bool living(const Screens& screens, std::int64_t id) {
    const OdooTask* task = screens.task(id);
    return task != nullptr && screens.living(*task);
}

// 8-4-4-4-12
std::vector<std::string> uuids_in(std::string_view text) {
    std::vector<std::string> found;
    const auto is_uuid = [](std::string_view word) {
        for (std::size_t i = 0; i < word.size(); ++i) {
            const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            const char c = word[i];
            const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) return false;
        }
        return true;
    };
    constexpr std::size_t kLength = 36;
    for (std::size_t dash = text.find('-'); dash != std::string_view::npos; dash = text.find('-', dash + 1)) {
        if (dash < 8 || dash - 8 + kLength > text.size()) continue;
        const std::string_view word = text.substr(dash - 8, kLength);
        if (is_uuid(word)) found.emplace_back(word);
    }
    return found;
}

struct OdooCall {
    std::string model, method;
};
OdooCall odoo_call(const net::HttpRequest& request) {
    const std::vector<std::string> parts = split(request.url, '/');  // "", json, 2, model, method
    return parts.size() == 5 ? OdooCall{parts[3], parts[4]} : OdooCall{};
}

bool only_reads(const OdooCall& call) {
    static const Names kReads = {"", "read", "search", "search_read", "search_count", "fields_get", "context_get"};
    return kReads.contains(call.method);
}

std::string in_short(const std::string& text) { return text.size() > 60 ? text.substr(0, 60) + "…" : text; }

}  // namespace

Names names_of(std::string_view joined) {
    Names names;
    for (const std::string& name : split(joined, ',')) {
        if (const std::string_view trimmed = trim(name); !trimmed.empty()) names.emplace(trimmed);
    }
    return names;
}

void Judge::violation(std::string promise, std::string text) {
    violations_.push_back({std::move(promise), std::move(text)});
}

void Judge::begin() {
    screens_.refresh();
    note_odoo({});
    for (const auto& [id, item] : screens_.items()) {
        if (item.task != 0) push(item.task, kState, item.words[kState]);
    }
}

// --- people ---------------------------------------------------------------------------------------------------------

void Judge::push(std::int64_t task, Field field, const std::string& value) {
    History& history = history_[{task, field}];
    if (history.versions.empty() || history.versions.back() != value) history.versions.push_back(value);
}

void Judge::remember(Place place, const std::string& id, Field field, const std::string& before,
                     const std::string& value) {
    const TypedKey key{place, id, field};
    const auto known = typed_.find(key);
    // Typed over what was typed before, and what the program has not touched since: one edit, as far as anybody knows.
    const bool again = known != typed_.end() && known->second.value == before && !known->second.shown;
    const bool first = known == typed_.end() || (again && known->second.first);
    typed_[key] = {again ? known->second.before : before, value, false, first};
}

void Judge::people_acted(Place place) {
    if (place == Place::kOdoo) {
        const std::map<std::int64_t, OdooTask> before = screens_.tasks();
        screens_.refresh_lists();
        screens_.refresh_tasks();
        note_odoo(before);
    } else {
        const std::map<std::string, PlaneItem> before = screens_.items();
        screens_.refresh_plane();
        note_plane(before);
    }
    note_arrivals();
}

void Judge::note_odoo(const std::map<std::int64_t, OdooTask>& before) {
    for (const auto& [id, task] : screens_.tasks()) {
        // What is shipped is done, whatever Plane says.
        if (task.shipped && ever_shipped_.insert(id).second) push(id, kState, "done");
        if (!screens_.living(task)) ever_ended_.insert(id);
        const auto old = before.find(id);
        for (int f = 0; f < kFields; ++f) {
            const auto field = static_cast<Field>(f);
            if (owner_of(field) == Place::kOdoo) {
                push(id, field, task.words[field]);
            } else if (old != before.end() && old->second.words[field] != task.words[field]) {
                remember(Place::kOdoo, std::to_string(id), field, old->second.stage_key, task.stage_key);
                history_[{id, field}].target_edited = true;
            }
        }
    }
    for (const auto& [id, task] : before) {
        if (screens_.task(id) == nullptr) ever_ended_.insert(id);
    }
}

void Judge::note_plane(const std::map<std::string, PlaneItem>& before) {
    for (const auto& [id, item] : screens_.items()) {
        const auto old = before.find(id);
        if (old == before.end() || item.task == 0) continue;
        for (int f = 0; f < kFields; ++f) {
            const auto field = static_cast<Field>(f);
            const std::string& from = old->second.words[field];
            const std::string& to = item.words[field];
            if (from == to) continue;
            remember(Place::kPlane, id, field, from, to);
            if (owner_of(field) == Place::kPlane) {
                push(item.task, field, to);
            } else {
                history_[{item.task, field}].target_edited = true;
            }
            if (field != kLabels) continue;
            for (const std::string& label : without(names_of(to), names_of(from))) people_labels_.insert({id, label});
        }
    }
}

// --- the program ----------------------------------------------------------------------------------------------------

void Judge::about_to_send(Place place, const net::HttpRequest& request) {
    if (place != Place::kPlane || request.method != "POST") return;
    const Result<json::Value> body = json::parse(request.body);
    const std::string_view external = body ? json::text_or(*body, "external_id") : std::string_view();
    if (!external.empty()) attempted_.insert(std::string(external));
}

void Judge::acted(Place place, const net::HttpRequest& request, const net::HttpResponse& response) {
    if (place == Place::kOdoo && !only_reads(odoo_call(request))) {
        ++writes_;
        if (response.status < 300) acted_on_odoo(request);
        note_arrivals();
    }
    if (place == Place::kPlane && request.method != "GET") {
        ++writes_;
        if (response.status < 300) acted_on_plane(request, response);
        note_arrivals();
    }
}

void Judge::acted_on_odoo(const net::HttpRequest& request) {
    const OdooCall call = odoo_call(request);
    const Result<json::Value> parsed = json::parse(request.body);
    const json::Value body = parsed ? *parsed : json::Value();
    const json::Value* values = json::find(body, "vals");
    const bool write = call.model == "project.task" && call.method == "write" && values && values->is_object();
    if (!write) return violation("P7", "the program called " + call.method + " of " + call.model + " in Odoo");
    if (person_decides_) return people_acted(Place::kOdoo);
    for (const auto& member : values->as_object()) {
        if (member.key() != "stage_id")
            violation("P7", "the program wrote " + std::string(member.key()) + " of a task in Odoo");
    }
    const json::Value* ids = json::find(body, "ids");
    if (!ids || !ids->is_array()) return;
    for (const json::Value& id : ids->as_array()) {
        const std::int64_t task = id.as_int64();
        const OdooTask* shown = screens_.task(task);
        if (shown == nullptr) continue;
        const OdooTask before = *shown;
        screens_.refresh_task(task);
        const OdooTask& now = *screens_.task(task);
        if (before.stage_key == now.stage_key) continue;
        ++effective_;
        check_loss(Place::kOdoo, std::to_string(task), task, kState, before.stage_key, now.stage_key);
        if (before.words[kState] != now.words[kState]) {
            check_carried(task, kState, before.words[kState], now.words[kState], "Odoo");
        }
    }
}

void Judge::acted_on_plane(const net::HttpRequest& request, const net::HttpResponse& response) {
    std::vector<std::string> touched = uuids_in(request.url.substr(0, request.url.find('?')));
    for (std::string& id : uuids_in(request.body)) touched.push_back(std::move(id));
    if (request.method == "POST") {
        const Result<json::Value> made = json::parse(response.body);
        if (made && made->is_object()) touched.emplace_back(json::text_or(*made, "id"));
    }
    const bool cycle_or_relation =
        request.url.find("/cycle-issues/") != std::string::npos || request.url.find("/archive/") != std::string::npos;
    if (request.method == "DELETE" && !cycle_or_relation) {
        violation("P7", "the program deleted something in Plane: " + net::without_query(request));
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::string& id : touched) check_item(id);
    if (request.method == "POST" && request.url.find("/comments/") != std::string::npos) {
        for (const std::string& id : touched) check_comments(id);
    }
}

void Judge::check_item(const std::string& id) {
    const PlaneItem* shown = screens_.item(id);
    const PlaneItem before = shown ? *shown : PlaneItem();
    if (shown == nullptr && plane_.read("item", id).empty()) return;  // no item
    screens_.refresh_item(id);
    const PlaneItem* now = screens_.item(id);
    if (now == nullptr) return violation("P7", "the program deleted item " + id + " in Plane");
    if (before.id.empty()) {
        check_created(*now);
        return;
    }
    check_put_away(before, *now);
    for (int f = 0; f < kFields; ++f) {
        const auto field = static_cast<Field>(f);
        const std::string& from = before.words[field];
        const std::string& to = now->words[field];
        if (from == to) continue;
        ++effective_;
        const std::string where = "Plane item " + id.substr(0, 8);
        if (now->task == 0) {
            violation("P7", fmt::format("{} of {}, which is nobody's, was written", to_string(field), where));
            continue;
        }
        const bool unseen = check_loss(Place::kPlane, id, now->task, field, from, to);
        if (field == kState) {
            if (!ever_shipped_.contains(now->task)) {
                violation("P7",
                          fmt::format("the state of task {} was written in Plane: {} -> {}", now->task, from, to));
            }
            push(now->task, kState, to);
        } else if (is_set(field)) {
            check_set(now->task, field, from, to, where, unseen);
        } else {
            check_carried(now->task, field, from, to, where);
        }
    }
    check_twins(*now);
}

void Judge::check_created(const PlaneItem& item) {
    ++effective_;
    if (item.task == 0) return violation("P7", "an item without a task was made in Plane: " + item.words[kName]);
    check_twins(item);
    push(item.task, kState, item.words[kState]);
    for (int f = 0; f < kFields; ++f) {
        const auto field = static_cast<Field>(f);
        // What could not be said yet comes later.
        if (owner_of(field) != Place::kOdoo || is_set(field) || item.words[field].empty()) continue;
        check_carried(item.task, field, "", item.words[field], "the new item");
    }
    const OdooTask* task = screens_.task(item.task);
    if (task == nullptr || task->parent == 0) return;
    const OdooTask* parent = screens_.task(task->parent);
    if (parent == nullptr || !screens_.living(*parent) || parent->project != task->project) return;
    // It may have had an item that is deleted by now.
    const bool had_one = !history_[{parent->id, kState}].versions.empty();
    if (!had_one && !attempted_.contains("project.task:" + std::to_string(parent->id))) {
        violation("P8", fmt::format("task {} was made before its parent {}", task->id, parent->id));
    }
}

void Judge::check_put_away(const PlaneItem& before, const PlaneItem& now) {
    if (before.archived == now.archived) return;
    ++effective_;
    if (now.archived && living(screens_, now.task) && !ever_ended_.contains(now.task)) {
        violation("P7", fmt::format("the item of task {} was archived, although the task lives", now.task));
    }
    if (!now.archived && !living(screens_, now.task)) {
        violation("P7", fmt::format("the item of task {} was taken back, although the task does not live", now.task));
    }
}

void Judge::check_carried(std::int64_t task, Field field, const std::string& from, const std::string& to,
                          const std::string& where) {
    History& history = history_[{task, field}];
    const auto begin = history.versions.begin();
    const auto next = std::find(begin + static_cast<std::ptrdiff_t>(std::min(history.applied, history.versions.size())),
                                history.versions.end(), to);
    const std::string what =
        fmt::format("{} of task {} in {}: '{}' -> '{}'", to_string(field), task, where, in_short(from), in_short(to));
    if (next == history.versions.end()) {
        const bool known = std::find(begin, history.versions.end(), to) != history.versions.end();
        return violation(known ? "P8" : "P7", (known ? "an older version was carried over after a newer one: "
                                                     : "a value was written that nobody typed: ") +
                                                  what);
    }
    const auto version = static_cast<std::size_t>(next - begin);
    if (version == history.applied && version > 0 && !history.target_edited && from != to && !from.empty()) {
        violation("P1", "one version was carried over twice: " + what);
    }
    history.applied = version;
    history.target_edited = false;
}

void Judge::check_set(std::int64_t task, Field field, const std::string& from, const std::string& to,
                      const std::string& where, bool unseen) {
    const History& history = history_[{task, field}];
    const Names before = names_of(from);
    const Names after = names_of(to);
    const auto some_version = [&](const std::string& name, bool has_it) {
        return std::any_of(history.versions.begin(), history.versions.end(),
                           [&](const std::string& version) { return names_of(version).contains(name) == has_it; });
    };
    for (const std::string& name : without(after, before)) {
        if (!some_version(name, true))
            violation("P7", fmt::format("{} of task {} in {} got '{}', which Odoo never had", to_string(field), task,
                                        where, name));
    }
    for (const std::string& name : without(before, after)) {
        if (!some_version(name, false))
            violation("P7", fmt::format("{} of task {} in {} lost '{}', which Odoo always had", to_string(field), task,
                                        where, name));
        if (field == kLabels && !unseen && !some_version(name, true))
            violation("P7", fmt::format("the label '{}' of task {}, which a person gave it in Plane, was taken away",
                                        name, task));
    }
}

// The program wrote over what was there: if a person typed it, he must find it in the ledger. What the program never
// was shown it could not keep: Plane has no conditional write. Then the answer is true.
bool Judge::check_loss(Place place, const std::string& id, std::int64_t task, Field field, const std::string& from,
                       const std::string& to) {
    const auto typed = typed_.find({place, id, field});
    if (typed == typed_.end()) return false;
    if (is_set(field)) {
        const Names before = names_of(typed->second.before), value = names_of(typed->second.value), now = names_of(to);
        const bool undone = meet(without(value, before), without(names_of(from), now)) ||
                            meet(without(before, value), without(now, names_of(from)));
        if (!undone) return false;
    }
    const bool shown = typed->second.shown;
    // Two stages may be one state.
    const auto word = [&](const std::string& value) { return field == kState ? state_word(value) : value; };
    const bool put_back = typed->second.first && word(typed->second.before) == word(typed->second.value);
    typed_.erase(typed);
    if (!shown) {
        ++unseen_losses_;
        return true;
    }
    Loss loss{task,
              field,
              {},
              fmt::format("{} '{}' typed in {} (task {})", to_string(field), in_short(from), to_string(place), task),
              put_back};
    const bool by_value = field == kName || field == kPriority || field == kDue || field == kStart || field == kState;
    if (by_value) loss.spellings = {from};
    if (field == kState) loss.spellings.push_back(state_word(from));
    losses_.push_back(std::move(loss));
    return false;
}

// What was typed on one side and shows on the other as well is no single side's any more.
void Judge::note_arrivals() {
    std::erase_if(typed_, [&](const auto& entry) {
        const auto& [place, id, field] = entry.first;
        const PlaneItem* item = place == Place::kPlane ? screens_.item(id) : screens_.item_of(std::stoll(id));
        const OdooTask* task = item == nullptr ? nullptr : screens_.task(item->task);
        return task != nullptr && task->words[field] == item->words[field];
    });
}

void Judge::check_twins(const PlaneItem& item) {
    if (item.external_id.empty()) return;
    const auto same = std::count_if(screens_.items().begin(), screens_.items().end(),
                                    [&](const auto& other) { return other.second.external_id == item.external_id; });
    if (same > 1) violation("P1", fmt::format("{} exists {} times in Plane", item.external_id, same));
}

void Judge::check_comments(const std::string& item) {
    if (screens_.item(item) == nullptr) return;
    std::map<std::string, int> copies;
    for (const json::Object& comment : plane_.comments(item)) {
        const std::string name(json::text_or(comment, "external_id"));
        if (!name.empty() && ++copies[name] == 2) violation("P1", "the comment " + name + " was made twice");
    }
}

// --- what the program was shown
// ----------------------------------------------------------------------------------------

void Judge::mark_shown(Place place, const std::function<bool(const std::string&, Field)>& is_shown) {
    for (auto& [key, typed] : typed_) {
        const auto& [where, id, field] = key;
        if (where == place && !typed.shown && is_shown(id, field)) typed.shown = true;
    }
}

void Judge::answered(Place place, const net::HttpRequest& request, const net::HttpResponse& response) {
    if (typed_.empty() || response.status != 200) return;
    if (place == Place::kOdoo) {
        const OdooCall call = odoo_call(request);
        if (call.model != "project.task" || request.body.find("stage_id") == std::string::npos) return;
        return mark_shown(place, [&](const std::string& id, Field) {
            return response.body.find("\"id\": " + id + ",") != std::string::npos ||
                   response.body.find("\"id\":" + id + ",") != std::string::npos;
        });
    }
    const bool cycle = request.url.find("/cycle-issues/") != std::string::npos;
    std::string cycle_name;
    if (cycle) {
        for (const std::string& id : uuids_in(request.url)) {
            const json::Object found = plane_.read("cycle", id);
            if (!found.empty()) cycle_name = json::text_or(found, "external_id");
        }
    }
    const bool relations = request.url.find("/relations/") != std::string::npos;
    mark_shown(place, [&](const std::string& id, Field field) {
        if (cycle) {
            // That it is not listed where it was tells as much.
            const bool was_there = typed_[{place, id, field}].before == cycle_name;
            return field == kMilestone && (was_there || response.body.find(id) != std::string::npos);
        }
        if (relations) return field == kBlockers && request.url.find(id) != std::string::npos;
        return field != kMilestone && field != kBlockers && response.body.find("\"id\":\"" + id) != std::string::npos;
    });
}

}  // namespace syncline::simulation
