#include "sim/odoo/detail/database.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/odoo/detail/json_text.hpp"
#include "sim/odoo/detail/methods.hpp"

namespace syncline::sim::odoo_detail {
namespace {

void check_context(const Env& env) {
    if (const json::Value* lang = env.context.raw.if_contains("lang");
        lang != nullptr && lang->is_string() && *lang != "en_US") {
        throw user_error(fmt::format("Invalid language code: {}", std::string_view(lang->get_string())));
    }
    const Ids companies = read_ids(env.context.raw.if_contains("allowed_company_ids"));
    const auto& allowed = env.store.linked(*env.model("res.users").find("company_ids"), env.uid);
    for (const std::int64_t company : companies) {
        if (!allowed.contains(company)) throw access_error("Access to unauthorized or invalid companies.");
    }
}

}  // namespace

Database::Database(OdooOptions settings, Clock& clock)
    : options(std::move(settings)), schema(options.ppm_addon, options.modules), clock_(clock), store_(registry) {
    const json::Value quiet{{"tracking_disable", true}};
    transaction(kAdmin, &quiet, [](Env& env) {
        create_base_data(env);
        return json::Value();
    });
}

json::Value Database::transaction(std::int64_t uid, const json::Value* context,
                                  const std::function<json::Value(Env&)>& body) {
    Env env(registry, store_, clock_.now(), uid, read_context(context));
    try {
        json::Value result = body(env);
        if (!watched_.empty()) note_changes(uid, env.now);
        store_.commit();
        return result;
    } catch (...) {
        store_.roll_back();
        throw;
    }
}

void Database::watch(const std::vector<std::string>& models) {
    watched_.clear();
    for (const std::string& name : models) watched_.push_back(&registry.at(name));
}

void Database::note_changes(std::int64_t uid, Time at) {
    for (Noted& noted : store_.changes(watched_)) {
        static constexpr std::string_view kOperations[] = {"create", "write", "unlink"};
        outbox_.push_back({noted.model->name,
                           noted.id,
                           std::string(kOperations[noted.kind]),
                           {noted.fields.begin(), noted.fields.end()},
                           uid,
                           at});
    }
}

void Database::restore(const Snapshot& snapshot) {
    store_.restore(snapshot.store);
    outbox_ = snapshot.outbox;
}

// As a field does whose value Python cannot turn into JSON.
void Database::check_fields(const std::string& model, const json::Object& arguments) const {
    if (planted.failing_fields.empty()) return;
    const json::Value* fields = arguments.if_contains("fields");
    if (fields == nullptr || !fields->is_array()) return;
    for (const json::Value& field : fields->get_array()) {
        if (!field.is_string() || !planted.failing_fields.contains({model, std::string(field.get_string())})) continue;
        throw type_error("keys must be str, int, float, bool or None, not frozendict");
    }
}

std::string Database::call(const std::string& model_name, const std::string& method_name, std::int64_t uid,
                           json::Object arguments) {
    const Model& model = registry.at(model_name);
    const Method& method = *find_method(model, method_name);
    const json::Value context = arguments.contains("context") ? arguments.at("context") : json::Value(json::Object{});
    check_fields(model_name, arguments);
    const Ids ids = read_ids(arguments.if_contains("ids"));
    arguments.erase("context");
    arguments.erase("ids");
    std::string text;
    transaction(uid, &context, [&](Env& env) {
        check_context(env);
        Call call{env, model, ids, std::move(arguments)};
        if (method.write != nullptr) {
            method.write(call, text);
        } else {
            write_json(text, method.run(call));
        }
        return json::Value();
    });
    return text;
}

std::int64_t Database::authenticate(std::string_view login, std::string_view secret) const {
    const Model& users = registry.at("res.users");
    for (const auto& [id, row] : store_.rows(users)) {
        if (text(row.get(users.find("login")->slot)) == login && accepts(id, secret)) return id;
    }
    return 0;
}

bool Database::accepts(std::int64_t uid, std::string_view secret) const {
    const Model& users = registry.at("res.users");
    const Found user = store_.find(users, uid);
    if (user == nullptr || !truth(user->get(users.find("active")->slot))) return false;
    if (uid == kAdmin && secret == options.key) return true;
    const std::string& password = text(user->get(users.find("password")->slot));
    return !password.empty() && password == secret;
}

}  // namespace syncline::sim::odoo_detail
