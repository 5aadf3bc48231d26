// Messages and activities.
#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {

void before_create_activity(const json::Object& values) {
    const json::Value* owner = values.if_contains("res_model_id");
    const json::Value* record = values.if_contains("res_id");
    if (owner == nullptr || !owner->is_int64() || record == nullptr || !record->is_int64() ||
        record->get_int64() == 0) {
        throw validation_error(
            "The operation cannot be completed: Activities have to be linked to records with a not null res_id.");
    }
}

std::int64_t post_message(Env& env, const Model& model, std::int64_t id, const json::Object& values) {
    const Model& messages = env.model("mail.message");
    json::Object complete = values;
    complete["model"] = model.name;
    complete["res_id"] = id;
    complete["date"] = format_odoo(env.now);
    if (!complete.contains("author_id")) {
        complete["author_id"] = integer(env.get(env.model("res.users"), env.uid, "partner_id"));
    }
    const json::Value body = complete["body"];
    complete.erase("body");
    const std::int64_t message = env.create(messages, {complete}).front();
    // The body of a change note is empty text, not nothing.
    if (body.is_string()) env.store.set(messages, message, *messages.find("body"), std::string(body.get_string()));
    return message;
}

void forget_traces(Env& env, const Model& model, const Ids& ids) {
    for (const std::string_view holder : {"ir.model.data", "mail.message", "mail.activity"}) {
        const Model& traces = env.model(holder);
        const Field& name = *traces.find(holder == "mail.activity" ? "res_model" : "model");
        for (const std::int64_t id : ids) {
            const IdSet rows = env.store.referring(traces, *traces.find("res_id"), id);
            for (const std::int64_t row : rows) {
                if (text(env.get(traces, *env.store.find(traces, row), name)) == model.name)
                    env.store.erase(traces, row);
            }
        }
    }
}

}  // namespace syncline::sim::odoo_detail
