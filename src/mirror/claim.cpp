#include "mirror/claim.hpp"

#include <algorithm>

namespace syncline::mirror {
namespace {

bool holds(const std::vector<Company>& companies, std::int64_t id) {
    return std::ranges::find(companies, id, &Company::id) != companies.end();
}

// Looks as the owner, over all orgs; says no more of the other org than that there is one.
Result<void> check_unclaimed(pg::Database& database, const Source& source, std::string_view server,
                             const std::vector<Company>& companies) {
    std::vector<std::int64_t> ids;
    for (const Company& company : companies) ids.push_back(company.id);
    return database.run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows rows =
            TRY(tx.exec("select company_id from odoo.companies where server = $1 and company_id = any($2::bigint[])"
                        " and org_id <> $3 order by 1 limit 1",
                        {server, pg::array_literal(ids), source.org.text()}));
        if (rows.empty()) return ok();
        return make_error(Errc::kForbidden,
                          "company " + std::string(rows.text(0, "company_id")) + " of this Odoo belongs to another org",
                          "name the companies of this org under [mirror] companies");
    });
}

Result<bool> single_org(pg::Database& database) {
    bool single = false;
    TRY(database.run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows rows = TRY(tx.exec("select count(*) as n from access.orgs"));
        single = rows.integer(0, "n") == 1;
        return ok();
    }));
    return single;
}

Result<std::vector<Company>> wanted(pg::Database& database, odoo::Client& client,
                                    const std::vector<std::int64_t>& named) {
    if (named.empty() && !TRY(single_org(database))) {
        return make_error(Errc::kNotConfigured, "nobody said which Odoo companies this org may see",
                          "companies = [1] under [mirror]");
    }
    std::vector<Company> visible = TRY(companies_of_odoo(client));
    if (named.empty()) return visible;
    for (const std::int64_t id : named) {
        if (holds(visible, id)) continue;
        return make_error(Errc::kForbidden, "the key does not see company " + std::to_string(id),
                          "give its user that company in Odoo");
    }
    std::erase_if(visible, [&](const Company& company) { return std::ranges::find(named, company.id) == named.end(); });
    return visible;
}

Result<bool> has_some(pg::Transaction& tx, const Source& source) {
    const pg::Rows rows = TRY(tx.exec("select count(*) as n from odoo.companies where org_id = $1 and connector = $2",
                                      {source.org.text(), source.connector}));
    return rows.integer(0, "n") > 0;
}

}  // namespace

Result<std::vector<Company>> claim_companies(pg::Database& database, odoo::Client& client, const Source& source,
                                             std::string_view server, const std::vector<std::int64_t>& named) {
    const std::string& org = source.org.text();
    if (TRY(database.transact(org, [&](pg::Transaction& tx) { return has_some(tx, source); }))) {
        std::vector<Company> have =
            TRY(database.transact(org, [&](pg::Transaction& tx) { return companies(tx, source, server); }));
        if (std::ranges::all_of(named, [&](std::int64_t id) { return holds(have, id); })) return have;
    }
    const std::vector<Company> found = TRY(wanted(database, client, named));
    TRY(check_unclaimed(database, source, server, found));
    return database.transact(org, [&](pg::Transaction& tx) -> Result<std::vector<Company>> {
        TRY(map_companies(tx, source, server, found));
        return companies(tx, source, server);
    });
}

}  // namespace syncline::mirror
