// alerts.list, trace.show
#include "actions/detail/alert_views.hpp"
#include "actions/detail/rows.hpp"
#include "actions/detail/views.hpp"
#include "actions/handlers.hpp"
#include "alerts/alerts.hpp"
#include "dispatch/trace.hpp"

namespace syncline::actions {

Result<AlertList> alerts_list(Services& services, const AlertsInput& input) {
    const int rows = TRY(detail::rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<AlertList> {
        const access::OrgId& org = services.scope.org;
        const std::vector<alerts::KeptAlert> kept =
            TRY(input.all ? alerts::recent_alerts(tx, org, rows + 1) : alerts::open_alerts(tx, org, rows + 1));
        AlertList list;
        for (const alerts::KeptAlert& alert : kept) {
            if (list.alerts.size() == static_cast<std::size_t>(rows)) {
                list.more = true;
                break;
            }
            list.alerts.push_back(detail::alert_view(alert));
        }
        return list;
    });
}

Result<TraceView> trace_show(Services& services, const TraceInput& input) {
    if (input.rows_max < 1 || input.rows_max > dispatch::kTraceRowsMax) {
        return make_error(Errc::kInvalid, "/rows_max: must be from 1 to " + std::to_string(dispatch::kTraceRowsMax));
    }
    return services.transact([&](pg::Transaction& tx) -> Result<TraceView> {
        const dispatch::Trace trace =
            TRY(dispatch::trace(tx, services.scope, services.profile, input.id, static_cast<int>(input.rows_max)));
        detail::Titles titles;
        if (!trace.links.empty()) titles = TRY(detail::load_titles(tx, services.scope, trace.links));
        TraceView view{trace.id, trace.kind, trace.correlations, trace.links, {}, trace.cut};
        for (const dispatch::TraceRow& row : trace.rows) {
            const auto title = titles.find(row.about);
            view.rows.push_back({format_iso(row.at), row.what, row.about,
                                 title == titles.end() ? std::string() : title->second, row.detail});
        }
        return view;
    });
}

}  // namespace syncline::actions
