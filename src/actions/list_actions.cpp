// runs.changes, links.list, orphans.*, conflicts.list, users.list, reviews.*
#include "actions/detail/link_queries.hpp"
#include "actions/detail/rows.hpp"
#include "actions/detail/views.hpp"
#include "actions/handlers.hpp"
#include "sync/orphans.hpp"
#include "sync/people.hpp"

namespace syncline::actions {

using detail::rows_of;

Result<RunChanges> runs_changes(Services& services, const RunInput& input) {
    const int rows = TRY(rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<RunChanges> {
        const std::vector<ledger::Entry> entries = TRY(ledger::entries_of_run(tx, services.scope, input.run, rows));
        std::vector<std::string> links;
        for (const ledger::Entry& entry : entries) links.push_back(entry.link);
        detail::Titles titles;
        if (!links.empty()) titles = TRY(detail::load_titles(tx, services.scope, links));
        RunChanges changes;
        for (const ledger::Entry& entry : entries) {
            changes.changes.push_back({entry.link, titles[entry.link], detail::history_view(entry)});
        }
        return changes;
    });
}

Result<LinkList> links_list(Services& services, const LinksInput& input) {
    TRY(rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) { return detail::list_links(tx, services.scope, input); });
}

Result<OrphanList> orphans_list(Services& services, const RowsInput& input) {
    const int rows = TRY(rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<OrphanList> {
        OrphanList list;
        for (const sync::Orphan& orphan : TRY(sync::open_orphans(tx, services.scope, rows))) {
            list.orphans.push_back(
                {orphan.plane_id, orphan.project, orphan.entity, orphan.title, orphan.reason, orphan.first_seen});
        }
        return list;
    });
}

Result<Done> orphans_dismiss(Services& services, const DismissInput& input) {
    TRY(services.transact(
        [&](pg::Transaction& tx) { return sync::dismiss_orphan(tx, services.scope, input.plane_id); }));
    return Done{"dismissed; it stays in Plane as it is"};
}

Result<ConflictList> conflicts_list(Services& services, const ConflictsInput& input) {
    const int rows = TRY(rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<ConflictList> {
        ConflictList list;
        for (const ledger::Conflict& conflict : TRY(ledger::conflicts(tx, services.scope, input.link, rows))) {
            list.conflicts.push_back(detail::conflict_view(conflict));
        }
        const std::vector<ledger::Review> reviews = TRY(ledger::open_reviews(tx, services.scope, rows));
        std::vector<std::string> links;
        for (const ledger::Review& review : reviews) links.push_back(review.link);
        detail::Titles titles;
        if (!links.empty()) titles = TRY(detail::load_titles(tx, services.scope, links));
        for (const ledger::Review& review : reviews) {
            if (!input.link.empty() && review.link != input.link) continue;
            list.waiting.push_back(detail::review_view(review, titles[review.link]));
        }
        return list;
    });
}

Result<UserList> users_list(Services& services, const Nothing&) {
    return services.transact([&](pg::Transaction& tx) -> Result<UserList> {
        UserList list;
        for (const sync::Person& person : TRY(sync::load_people(tx, services.scope))) {
            list.users.push_back({person.odoo_id, person.name, person.login, person.email, person.plane_email,
                                  person.plane_id, person.how, person.needed});
            list.unmapped += person.how == "unmapped" ? 1 : 0;
        }
        return list;
    });
}

Result<ShipReviewList> reviews_list(Services& services, const RowsInput& input) {
    const int rows = TRY(rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<ShipReviewList> {
        ShipReviewList list;
        for (const governance::ShipReview& review : TRY(governance::ship_reviews(tx, services.scope, false, rows))) {
            list.reviews.push_back(detail::ship_review_view(review));
        }
        return list;
    });
}

Result<DecideReport> reviews_decide(Services& services, const DecideInput& input) {
    if (input.decision != "approve" && input.decision != "reject") {
        return make_error(Errc::kInvalid, "/decision: must be approve or reject");
    }
    const bool approve = input.decision == "approve";
    Peers peers = TRY(services.peers());
    const governance::Decided decided =
        TRY(governance::decide(services.store, services.scope, services.profile, peers.odoo, input.id,
                               approve ? governance::Decision::kApprove : governance::Decision::kReject,
                               input.by.empty() ? services.config.caller : input.by, services.clock.now()));
    return DecideReport{detail::ship_review_view(decided.review), decided.shipped, decided.note};
}

}  // namespace syncline::actions
