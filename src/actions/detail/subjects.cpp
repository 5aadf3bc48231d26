#include "actions/detail/subjects.hpp"

#include <algorithm>

#include "dispatch/subject.hpp"

namespace syncline::actions::detail {

namespace {

// What the profile calls a kind, and how an event calls it.
std::string_view event_kind(std::string_view plane_kind) { return plane_kind == "work_item" ? "item" : plane_kind; }

// Which entities a hint may mean: several may be made of one model.
std::vector<std::string> entities_of(const profile::Profile& profile, const sync::Hint& hint) {
    std::vector<std::string> names;
    for (const profile::EntityMap& entity : profile.entities) {
        const bool same = hint.peer == record::Peer::kOdoo ? entity.odoo_model == hint.kind
                                                           : event_kind(entity.plane_kind) == hint.kind;
        if (same) names.push_back(entity.name);
    }
    return names;
}

}  // namespace

bool is_number(std::string_view text) {
    constexpr std::size_t kDigitsMax = 18;
    return !text.empty() && text.size() <= kDigitsMax && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> subjects_of(const profile::Profile& profile, const LinkRow& row) {
    std::vector<std::string> subjects;
    const profile::EntityMap* entity = profile.entity(row.entity);
    if (!entity) return subjects;
    if (!row.odoo_id.empty()) subjects.push_back("odoo/" + entity->odoo_model + "/" + row.odoo_id);
    if (!row.plane_id.empty()) {
        subjects.push_back("plane/" + std::string(event_kind(entity->plane_kind)) + "/" + row.plane_id);
    }
    return subjects;
}

Result<NamedSubjects> name_subjects(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                                    const std::vector<std::string>& subjects) {
    struct Wanted {
        std::string subject;
        sync::Hint hint;
    };
    std::vector<Wanted> wanted;
    std::vector<std::string> odoo_ids;
    std::vector<std::string> plane_ids;
    for (const std::string& subject : subjects) {
        const Result<std::optional<sync::Hint>> hint = dispatch::hint_of(subject);
        if (!hint || !*hint) continue;  // of a job that looks at no entity, or of a source that is no peer
        const bool odoo = (*hint)->peer == record::Peer::kOdoo;
        if (odoo && !is_number((*hint)->id)) continue;
        (odoo ? odoo_ids : plane_ids).push_back((*hint)->id);
        wanted.push_back({subject, **hint});
    }
    NamedSubjects named;
    if (wanted.empty()) return named;
    const pg::Rows rows =
        TRY(tx.exec("select link, title, entity, odoo_id, plane_id from sync.links where org_id = $1 and profile = $2 "
                    "and (odoo_id = any($3::bigint[]) or plane_id = any($4::text[]))",
                    {scope.org.text(), scope.profile, pg::array_literal(odoo_ids), pg::array_literal(plane_ids)}));
    for (const Wanted& one : wanted) {
        const std::vector<std::string> entities = entities_of(profile, one.hint);
        const std::string_view column = one.hint.peer == record::Peer::kOdoo ? "odoo_id" : "plane_id";
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool same = rows.text(i, column) == one.hint.id;
            if (!same || std::find(entities.begin(), entities.end(), rows.text(i, "entity")) == entities.end())
                continue;
            named.emplace(one.subject, Named{std::string(rows.text(i, "link")), std::string(rows.text(i, "title"))});
        }
    }
    return named;
}

}  // namespace syncline::actions::detail
