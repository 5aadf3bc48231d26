#include "actions/detail/hook_help.hpp"

namespace syncline::actions::detail {

std::string hook_help(const HookSetting& setting) {
    if (setting.source == "plane") {
        return "In Plane, as an admin: Workspace settings, Webhooks, Add webhook.\n"
               "Payload URL: " +
               setting.url +
               "\n"
               "Events: projects, work items, cycles. Plane shows the secret once (plane_wh_...): keep it as " +
               setting.secret +
               "\n"
               "A Plane of your own sends to private addresses only when WEBHOOK_ALLOWED_HOSTS names the host.";
    }
    if (setting.source == "odoo") {
        return "In Odoo: install the addon ipai_plane_connector; Settings, Plane connector.\n"
               "URL: " +
               setting.url +
               "\n"
               "Secret: any long random text, the same as in " +
               setting.secret +
               "\n"
               "The test button there sends an event; `syncline inbox` shows it.";
    }
    if (setting.source == "github") {
        return "In GitHub: the repository's Settings, Webhooks, Add webhook.\n"
               "Payload URL: " +
               setting.url +
               "\n"
               "Content type: application/json. Secret: the same as in " +
               setting.secret;
    }
    return "POST JSON to " + setting.url +
           "\n"
           "signed as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature), with the secret of " +
           setting.secret;
}

}  // namespace syncline::actions::detail
