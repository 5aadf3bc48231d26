// hooks.list
#include "actions/detail/hook_help.hpp"
#include "actions/handlers.hpp"
#include "alerts/alerts.hpp"
#include "alerts/rules.hpp"
#include "ingress/receipts.hpp"
#include "ingress/tally.hpp"

namespace syncline::actions {

namespace {

constexpr Micros kTallyWindow = std::chrono::hours(24);
constexpr int kAlertsRead = 1000;

}  // namespace

Result<HookList> hooks_list(Services& services, const Nothing&) {
    const std::vector<HookSetting>& settings = services.config.hooks;
    HookList list;
    if (settings.empty()) return list;
    std::vector<std::string> names;
    for (const HookSetting& setting : settings) names.push_back(setting.name);
    return services.transact([&](pg::Transaction& tx) -> Result<HookList> {
        const access::OrgId& org = services.scope.org;
        const Time since = services.clock.now() - kTallyWindow;
        const std::vector<ingress::Tally> tallies = TRY(ingress::tally(tx, org, names, since));
        for (std::size_t i = 0; i < settings.size(); ++i) {
            HookView view;
            view.name = settings[i].name;
            view.source = settings[i].source;
            view.url = settings[i].url;
            view.problem = settings[i].problem;
            view.received = tallies[i].received;
            view.duplicates = tallies[i].duplicates;
            view.quarantined = tallies[i].quarantined;
            view.paste = detail::hook_help(settings[i]);
            list.hooks.push_back(std::move(view));
        }
        for (const auto& [endpoint, at] : TRY(ingress::last_received(tx, org))) {
            for (HookView& view : list.hooks) {
                if (view.name == endpoint) view.last_received = format_iso(at);
            }
        }
        for (const alerts::KeptAlert& alert : TRY(alerts::open_alerts(tx, org, kAlertsRead))) {
            if (alert.alert.kind != alerts::kWebhookSilent) continue;
            for (HookView& view : list.hooks) {
                if (alert.alert.subject != view.name && alert.alert.subject != view.source) continue;
                view.silent = true;
                view.silent_since = format_iso(alert.opened_at);
            }
        }
        return std::move(list);
    });
}

}  // namespace syncline::actions
