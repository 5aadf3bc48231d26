#include "sync/people.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace syncline::sync {

std::vector<Person> match_people(const std::vector<Observation>& users, const std::vector<Observation>& members,
                                 const std::map<std::string, std::string, std::less<>>& explicit_map) {
    std::map<std::string, const Observation*, std::less<>> by_email;
    for (const Observation& member : members) {
        if (member.presence != merge::Presence::kPresent) continue;
        by_email.emplace(to_lower(json::text_or(member.seen, "email")), &member);
    }
    std::vector<const Observation*> ordered;
    for (const Observation& user : users) {
        if (user.presence == merge::Presence::kPresent) ordered.push_back(&user);
    }
    std::sort(ordered.begin(), ordered.end(), [](const Observation* a, const Observation* b) {
        return std::pair(a->id.size(), a->id) < std::pair(b->id.size(), b->id);  // by number
    });

    std::vector<Person> people;
    std::set<std::string, std::less<>> taken;
    for (const Observation* user : ordered) {
        Person person;
        person.odoo_id = user->id;
        person.name = json::text_or(user->seen, "name");
        person.login = json::text_or(user->seen, "login");
        person.email = json::text_or(user->seen, "email");
        person.how = "unmapped";
        const auto told = explicit_map.find(person.login);
        std::vector<std::pair<std::string, std::string>> candidates;  // e-mail, how
        if (told != explicit_map.end()) {
            candidates.emplace_back(told->second, "explicit");
        } else {
            candidates.emplace_back(person.email, "email");
            candidates.emplace_back(person.login, "email");
        }
        for (const auto& [email, how] : candidates) {
            const auto member = by_email.find(to_lower(email));
            if (email.empty() || member == by_email.end() || !taken.insert(member->second->id).second) continue;
            person.plane_id = member->second->id;
            person.plane_email = json::text_or(member->second->seen, "email");
            person.how = how;
            break;
        }
        people.push_back(std::move(person));
    }
    return people;
}

Result<void> save_people(pg::Transaction& tx, const access::Scope& scope, const std::vector<Person>& people) {
    json::Array rows;
    for (const Person& person : people) {
        rows.push_back(json::Object{{"odoo_id", std::stoll(person.odoo_id)},
                                    {"name", person.name},
                                    {"login", person.login},
                                    {"email", person.email},
                                    {"plane_id", person.plane_id},
                                    {"plane_email", person.plane_email},
                                    {"how", person.how}});
    }
    const std::string body = json::canonical(rows);
    TRY(
        tx.exec("delete from sync.people p where p.org_id = $1 and p.profile = $2 and not exists (select from "
                "jsonb_to_recordset($3::jsonb) as r(odoo_id bigint) where r.odoo_id = p.odoo_id)",
                {scope.org.text(), scope.profile, body}));
    TRY(tx.exec(
        "insert into sync.people as p (org_id, profile, odoo_id, name, login, email, plane_id, plane_email, how) "
        "select $1, $2, odoo_id, name, login, email, nullif(plane_id, ''), nullif(plane_email, ''), how "
        "from jsonb_to_recordset($3::jsonb) as r(odoo_id bigint, name text, login text, email text, plane_id text, "
        "plane_email text, how text) on conflict (org_id, profile, odoo_id) do update set name = excluded.name, "
        "login = excluded.login, email = excluded.email, plane_id = excluded.plane_id, "
        "plane_email = excluded.plane_email, how = excluded.how where (p.*) is distinct from (excluded.*)",
        {scope.org.text(), scope.profile, body}));
    return ok();
}

namespace {

Person person_of(const pg::Rows& rows, std::size_t row) {
    return {std::string(rows.text(row, "odoo_id")),  std::string(rows.text(row, "name")),
            std::string(rows.text(row, "login")),    std::string(rows.text(row, "email")),
            std::string(rows.text(row, "plane_id")), std::string(rows.text(row, "plane_email")),
            std::string(rows.text(row, "how")),      false};
}

Result<std::vector<Person>> kept_people(pg::Transaction& tx, const access::Scope& scope) {
    const pg::Rows rows =
        TRY(tx.exec("select odoo_id, name, login, email, plane_id, plane_email, how from sync.people "
                    "where org_id = $1 and profile = $2 order by odoo_id",
                    {scope.org.text(), scope.profile}));
    std::vector<Person> people;
    for (std::size_t i = 0; i < rows.size(); ++i) people.push_back(person_of(rows, i));
    return people;
}

// Plane's user id by Odoo's, of those who have one.
std::map<std::string, std::string, std::less<>> mapped(const std::vector<Person>& people) {
    std::map<std::string, std::string, std::less<>> plane_ids;
    for (const Person& person : people) {
        if (!person.plane_id.empty()) plane_ids.emplace(person.odoo_id, person.plane_id);
    }
    return plane_ids;
}

}  // namespace

Result<Rematched> match_again(pg::Transaction& tx, const access::Scope& scope,
                              const std::map<std::string, std::string, std::less<>>& explicit_map) {
    const std::vector<Observation> users = TRY(load_all_observations(tx, scope, record::Peer::kOdoo, "user"));
    const std::vector<Observation> members = TRY(load_all_observations(tx, scope, record::Peer::kPlane, "member"));
    const std::vector<Person> people = match_people(users, members, explicit_map);
    const std::vector<Person> kept = TRY(kept_people(tx, scope));
    if (kept == people) return Rematched{};
    const std::map<std::string, std::string, std::less<>> before = mapped(kept);
    const std::map<std::string, std::string, std::less<>> now = mapped(people);
    Rematched changed;
    const auto differ = [&](const auto& ours, const auto& theirs) {
        for (const auto& [user, member] : ours) {
            const auto found = theirs.find(user);
            if (found != theirs.end() && found->second == member) continue;
            changed.users.push_back(user);
            changed.members.push_back(member);
        }
    };
    differ(before, now);
    differ(now, before);
    TRY(save_people(tx, scope, people));
    return changed;
}

Result<std::vector<Person>> load_people(pg::Transaction& tx, const access::Scope& scope) {
    // "needed": some present task names the user among its people. The fields are those of the user lists in Odoo.
    pg::Rows rows = TRY(tx.exec(
        "select p.odoo_id, p.name, p.login, p.email, p.plane_id, p.plane_email, p.how, p.how = 'unmapped' and exists ("
        "select from sync.observations o where o.org_id = p.org_id and o.profile = p.profile and o.peer = 'odoo' "
        "and o.presence = 'present' and o.seen->'user_ids' @> to_jsonb(p.odoo_id)) as needed "
        "from sync.people p where p.org_id = $1 and p.profile = $2 order by p.odoo_id",
        {scope.org.text(), scope.profile}));
    std::vector<Person> people;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        people.push_back(person_of(rows, i));
        people.back().needed = rows.boolean(i, "needed");
    }
    return people;
}

}  // namespace syncline::sync
