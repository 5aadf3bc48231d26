#include "dispatch/announcements.hpp"

namespace syncline::dispatch {

Result<std::set<std::string>> announced(pg::Transaction& tx, const access::OrgId& org,
                                        const std::vector<std::string>& subjects, Time since) {
    std::set<std::string> found;
    if (subjects.empty()) return found;
    const pg::Rows rows =
        TRY(tx.exec("select distinct i.subject from ingress.inbox i join ingress.receipts r on r.org_id = i.org_id and "
                    "r.receipt = i.receipt where i.org_id = $1 and i.subject = any($2::text[]) and r.received_at >= "
                    "$3::timestamptz",
                    {org.text(), pg::array_literal(subjects), format_iso(since)}));
    for (std::size_t row = 0; row < rows.size(); ++row) found.emplace(rows.text(row, "subject"));
    return found;
}

}  // namespace syncline::dispatch
