#include "actions/detail/alert_views.hpp"

namespace syncline::actions::detail {

AlertView alert_view(const alerts::KeptAlert& kept) {
    AlertView view;
    view.id = kept.id;
    view.severity = alerts::to_string(kept.alert.severity);
    view.kind = kept.alert.kind;
    view.subject = kept.alert.subject;
    view.title = kept.alert.title;
    view.detail = kept.alert.detail;
    view.cure = kept.alert.cure;
    view.opened_at = format_iso(kept.opened_at);
    view.last_seen = format_iso(kept.last_seen);
    view.count = kept.count;
    if (kept.closed_at) view.closed_at = format_iso(*kept.closed_at);
    if (kept.notified_at) view.notified_at = format_iso(*kept.notified_at);
    view.notify_error = kept.notify_error;
    return view;
}

}  // namespace syncline::actions::detail
