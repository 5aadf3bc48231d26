#include "actions/detail/link_queries.hpp"

#include "base/text.hpp"

namespace syncline::actions::detail {

namespace {

constexpr std::string_view kColumns =
    "select l.link, l.entity, l.title, coalesce(p.title, '') as project, l.odoo_id, l.plane_id, l.status, "
    "coalesce((select string_agg(distinct e->>'reason', ',') from jsonb_array_elements(l.parked) e), '') as reasons, "
    "count(*) over () as total from sync.links l left join sync.links p on p.org_id = l.org_id "
    "and p.profile = l.profile and p.link = l.container where l.org_id = $1 and l.profile = $2 ";

LinkRow row_of(const pg::Rows& rows, std::size_t i) {
    LinkRow row;
    row.link = rows.text(i, "link");
    row.entity = rows.text(i, "entity");
    row.title = rows.text(i, "title");
    row.project = rows.text(i, "project");
    row.odoo_id = rows.text(i, "odoo_id");
    row.plane_id = rows.text(i, "plane_id");
    row.status = rows.text(i, "status");
    if (!rows.text(i, "reasons").empty()) row.parked = split(rows.text(i, "reasons"), ',');
    return row;
}

// What a person typed, as the inside of a LIKE pattern.
std::string like_pattern(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + "%";
}

}  // namespace

std::string key_named(const profile::Profile& profile, std::string_view what) {
    if (what.starts_with("odoo:")) what.remove_prefix(5);
    const std::size_t colon = what.rfind(':');
    if (colon == std::string_view::npos) return {};
    for (const profile::EntityMap& entity : profile.entities) {
        if (entity.odoo_model == what.substr(0, colon) || entity.name == what.substr(0, colon)) {
            return entity.name + "/odoo/" + std::string(what.substr(colon + 1));
        }
    }
    return {};
}

Result<LinkList> list_links(pg::Transaction& tx, const access::Scope& scope, const LinksInput& input) {
    const pg::Rows rows = TRY(tx.exec(
        std::string(kColumns) +
            "and ($3 = '' or l.entity = $3) and ($4 = '' or l.status = $4 or ($4 = 'parked' and l.parked <> '[]')) "
            "and ($5 = '' or l.container = $5 or l.link = $5 or p.title ilike $6 or "
            "(l.container is null and l.title ilike $6)) "
            "order by coalesce(p.title, l.title), l.container is not null, l.entity, l.odoo_id, l.link limit $7",
        {scope.org.text(), scope.profile, input.entity, input.status, input.project, like_pattern(input.project),
         input.rows_max}));
    LinkList list;
    for (std::size_t i = 0; i < rows.size(); ++i) list.links.push_back(row_of(rows, i));
    list.total = rows.empty() ? 0 : rows.integer(0, "total");
    return list;
}

Result<std::vector<LinkRow>> find_links(pg::Transaction& tx, const access::Scope& scope,
                                        const profile::Profile& profile, const std::string& what) {
    std::vector<LinkRow> found;
    std::string plane_id = what;
    if (plane_id.starts_with("plane:")) plane_id = plane_id.substr(plane_id.rfind(':') + 1);
    const pg::Rows exact =
        TRY(tx.exec(std::string(kColumns) + "and (l.link = $3 or l.link = $4 or l.plane_id = $5) limit $6",
                    {scope.org.text(), scope.profile, what, key_named(profile, what), plane_id, kCandidatesMax}));
    for (std::size_t i = 0; i < exact.size(); ++i) found.push_back(row_of(exact, i));
    if (!found.empty()) return found;
    const pg::Rows titled = TRY(
        tx.exec(std::string(kColumns) + "and l.title ilike $3 order by lower(l.title) <> lower($4), l.link limit $5",
                {scope.org.text(), scope.profile, like_pattern(what), what, kCandidatesMax}));
    for (std::size_t i = 0; i < titled.size(); ++i) found.push_back(row_of(titled, i));
    // One whole title among pieces of others is what was meant.
    const bool whole = found.size() > 1 && iequals(found[0].title, what) && !iequals(found[1].title, what);
    if (whole) found.resize(1);
    return found;
}

}  // namespace syncline::actions::detail
