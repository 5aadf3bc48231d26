// web_read and web_search_read: a tree of fields in one call.
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/query.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

json::Array read_tree(const Env& env, const Model& model, const Ids& ids, const json::Object& specification) {
    json::Array names;
    for (const auto& [name, below] : specification) names.emplace_back(name);
    if (names.empty()) names.emplace_back("id");
    json::Array rows = read_rows(env, model, ids, names, true);
    for (const auto& [name, below] : specification) {
        const Field& field = *model.find(name);
        const Model* other = env.registry.find(field.relation);
        const json::Value* fields = below.is_object() ? below.get_object().if_contains("fields") : nullptr;
        if (other == nullptr || fields == nullptr || !fields->is_object()) continue;
        for (json::Value& row : rows) {
            json::Value& value = row.get_object()[name];
            if (value.is_bool()) continue;
            json::Array tree = read_tree(env, *other, read_ids(&value), fields->get_object());
            if (field.x2many()) {
                value = std::move(tree);
            } else if (!tree.empty()) {
                value = std::move(tree.front());
            }
        }
    }
    return rows;
}

}  // namespace

json::Value call_web_read(Call& call) {
    return read_tree(call.env, call.model, call.ids, call.object("specification"));
}

json::Value call_web_search_read(Call& call) {
    Search query;
    query.domain = call.list("domain");
    const Ids all = search(call.env, call.model, query);
    query.offset = call.number("offset");
    query.limit = call.number("limit");
    query.order = call.text("order");
    const Ids page = search(call.env, call.model, query);
    return json::Object{{"length", std::int64_t(all.size())},
                        {"records", read_tree(call.env, call.model, page, call.object("specification"))}};
}

}  // namespace syncline::sim::odoo_detail
