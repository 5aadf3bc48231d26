// Chatter and activities, as methods.
#include <fmt/format.h>

#include "sim/odoo/detail/hooks.hpp"
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::int64_t kSubtypeComment = 1;
constexpr std::int64_t kSubtypeNote = 2;
constexpr std::int64_t kSubtypeActivities = 3;

std::string feedback_body(const Env& env, std::int64_t activity, const std::string& feedback) {
    const Model& model = env.model("mail.activity");
    const std::string type = text(env.get(model, activity, "activity_type_id.name"));
    const std::string summary = text(env.get(model, activity, "summary"));
    const std::string note = text(env.get(model, activity, "note"));
    std::string body = fmt::format(
        "<div>\n    <p>\n        <span class=\"fa fa-check fa-fw\"></span><span>{}</span> done\n        <span>: "
        "</span><span>{}</span>\n    </p>\n",
        escape_html(type), escape_html(summary));
    if (!note.empty()) {
        body += fmt::format(
            "    \n        <div class=\"o_mail_note_title fw-bold\">Original note:</div>\n        <div>{}</div>\n",
            note);
    }
    if (!feedback.empty()) {
        body += fmt::format("    <div>\n        <div class=\"fw-bold\">Feedback:</div>\n            {}\n    </div>\n",
                            escape_html(feedback));
    }
    return body + "</div>";
}

}  // namespace

json::Value call_message_post(Call& call) {
    if (call.ids.size() != 1) throw value_error(fmt::format("Expected singleton: {}()", call.model.name));
    call.env.require_existing(call.model, call.ids);
    const std::string body = call.text("body");
    const bool html = call.find("body_is_html") != nullptr && *call.find("body_is_html") == true;
    const std::int64_t subtype = call.text("subtype_xmlid") == "mail.mt_comment" ? kSubtypeComment : kSubtypeNote;
    json::Object values{{"body", html ? clean_html(body) : "<p>" + escape_html(body) + "</p>"},
                        {"message_type", call.text("message_type", "notification")},
                        {"subtype_id", subtype}};
    if (const std::string subject = call.text("subject"); !subject.empty()) values["subject"] = subject;
    return json::Array{post_message(call.env, call.model, call.ids.front(), values)};
}

json::Value call_activity_schedule(Call& call) {
    call.env.require_existing(call.model, call.ids);
    const std::string type = call.text("act_type_xmlid", "mail.mail_activity_data_todo");
    const std::int64_t type_id = by_external_id(call.env, type, "mail.activity.type");
    if (type_id == 0) throw value_error("External ID not found in the system: " + type);
    std::int64_t model_id = 0;
    const Model& models = call.env.model("ir.model");
    for (const auto& [id, row] : call.env.store.rows(models)) {
        if (text(call.env.get(models, id, "model")) == call.model.name) model_id = id;
    }
    json::Array list;
    for (const std::int64_t id : call.ids) {
        json::Object values{{"res_model_id", model_id}, {"res_id", id}, {"activity_type_id", type_id}};
        for (const std::string_view name : {"date_deadline", "summary", "note", "user_id"}) {
            if (const json::Value* value = call.find(name)) values[name] = *value;
        }
        if (!values.contains("user_id")) values["user_id"] = call.env.uid;
        list.push_back(std::move(values));
    }
    json::Array ids;
    for (const std::int64_t id : call.env.create(call.env.model("mail.activity"), list)) ids.emplace_back(id);
    return ids;
}

json::Value call_action_feedback(Call& call) {
    Env& env = call.env;
    env.require_existing(call.model, call.ids);
    json::Value last = false;
    for (const std::int64_t id : call.ids) {
        const Model* owner = env.registry.find(text(env.get(call.model, id, "res_model")));
        const std::string feedback = call.text("feedback");
        if (owner != nullptr) {
            last = post_message(env, *owner, integer(env.get(call.model, id, "res_id")),
                                {{"body", feedback_body(env, id, feedback)},
                                 {"message_type", "notification"},
                                 {"subtype_id", kSubtypeActivities}});
        }
        json::Object done{{"active", false}, {"date_done", env.today()}};
        if (!feedback.empty()) done["feedback"] = feedback;
        env.write(call.model, {id}, done);
    }
    return last;
}

}  // namespace syncline::sim::odoo_detail
