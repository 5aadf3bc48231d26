#include "sim/odoo/detail/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sim/odoo/detail/hooks.hpp"
#include "sim/odoo/detail/json_text.hpp"
#include "sim/odoo/detail/query.hpp"
#include "sim/odoo/detail/row_text.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

Search read_search(const Call& call) {
    Search search;
    search.domain = call.list("domain");
    search.offset = call.number("offset");
    search.limit = call.number("limit");
    search.order = call.text("order");
    return search;
}

json::Array to_json(const Ids& ids) { return json::Array(ids.begin(), ids.end()); }

bool plain_references(const Call& call) {
    const json::Value* load = call.find("load");
    return load != nullptr && *load != "_classic_read";
}

// [1, 2, 3]
void write_search(Call& call, std::string& out) {
    const Ids ids = search(call.env, call.model, read_search(call));
    out.reserve(out.size() + ids.size() * 9 + 2);
    out += '[';
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0) out += ", ";
        write_number(out, ids[i]);
    }
    out += ']';
}
void write_read(Call& call, std::string& out) {
    RowText(call.env, call.model, call.list("fields"), plain_references(call)).write(out, call.ids);
}
void write_search_read(Call& call, std::string& out) {
    // Unknown fields are refused before the search.
    const RowText rows(call.env, call.model, call.list("fields"), plain_references(call));
    rows.write(out, search(call.env, call.model, read_search(call)));
}

json::Value call_search(Call& call) { return to_json(search(call.env, call.model, read_search(call))); }
json::Value call_search_count(Call& call) {
    Search query = read_search(call);
    query.order = "id";
    return std::int64_t(search(call.env, call.model, query).size());
}
json::Value call_search_read(Call& call) {
    const json::Array fields = call.list("fields");
    read_rows(call.env, call.model, {}, fields, false);  // unknown fields are refused before the search
    return read_rows(call.env, call.model, search(call.env, call.model, read_search(call)), fields,
                     plain_references(call));
}
json::Value call_read(Call& call) {
    return read_rows(call.env, call.model, call.ids, call.list("fields"), plain_references(call));
}
json::Value call_create(Call& call) {
    const json::Value& given = call.arguments.at("vals_list");
    const json::Array list = given.is_array() ? given.get_array() : json::Array{given};
    return to_json(call.env.create(call.model, list));
}
json::Value call_write(Call& call) {
    call.env.write(call.model, call.ids, call.object("vals"));
    return true;
}
json::Value call_unlink(Call& call) {
    call.env.unlink(call.model, call.ids);
    return true;
}
json::Value call_fields_get(Call& call) {
    return describe_fields(call.model, call.list("allfields"), call.list("attributes"));
}

json::Value call_name_search(Call& call) {
    Search query;
    query.domain = call.list("domain");
    query.limit = call.number("limit", 100);
    const std::string name = call.text("name");
    const std::string_view field =
        call.model.name == "res.partner" ? "complete_name" : std::string_view(call.model.rec_name);
    if (!name.empty()) query.domain.push_back(json::Array{field, call.text("operator", "ilike"), name});
    json::Array out;
    for (const std::int64_t id : search(call.env, call.model, query)) {
        out.push_back(json::Array{id, call.env.display_name(call.model, id)});
    }
    return out;
}

json::Value call_name_create(Call& call) {
    const Ids ids = call.env.create(call.model, {json::Object{{call.model.rec_name, call.text("name")}}});
    return json::Array{ids.front(), call.env.display_name(call.model, ids.front())};
}

json::Value set_active(Call& call, bool active) {
    Ids ids = call.ids;
    if (call.model.name == "project.task") {
        // Subtasks that live only under their parent go with it.
        for (std::size_t i = 0; i < ids.size(); ++i) {
            for (const std::int64_t child :
                 call.env.store.referring(call.model, *call.model.find("parent_id"), ids[i])) {
                if (!truth(call.env.get(call.model, child, "display_in_project"))) ids.push_back(child);
            }
        }
    }
    call.env.require_existing(call.model, ids);
    // Only those that change are written.
    std::erase_if(ids, [&](std::int64_t id) { return truth(call.env.get(call.model, id, "active")) == active; });
    call.env.write(call.model, ids, {{"active", active}});
    return nullptr;
}
json::Value call_archive(Call& call) { return set_active(call, false); }
json::Value call_unarchive(Call& call) { return set_active(call, true); }
json::Value call_copy(Call& call) { return to_json(call.env.copy(call.model, call.ids, call.object("default"))); }

json::Value call_default_get(Call& call) {
    json::Object out;
    for (const json::Value& name : call.list("fields")) {
        const Field* field = name.is_string() ? call.model.find(std::string_view(name.get_string())) : nullptr;
        if (field == nullptr) continue;
        json::Value value = default_value(call.env, call.model, *field);
        if (!value.is_bool() || value.get_bool()) out[field->name] = std::move(value);
    }
    return out;
}

json::Value call_get_external_id(Call& call) {
    json::Object out;
    for (const std::int64_t id : call.ids) out[std::to_string(id)] = external_id(call.env, call.model, id);
    return out;
}

json::Value call_get_metadata(Call& call) {
    json::Array out;
    for (json::Value& row :
         read_rows(call.env, call.model, call.ids, {"create_uid", "create_date", "write_uid", "write_date"}, false)) {
        json::Object meta = row.get_object();
        const std::string name = external_id(call.env, call.model, meta.at("id").get_int64());
        meta["xmlid"] = name.empty() ? json::Value(false) : json::Value(name);
        meta["noupdate"] = false;
        meta["xmlids"] = name.empty() ? json::Array{} : list_of(json::Object{{"xmlid", name}, {"noupdate", false}});
        out.push_back(std::move(meta));
    }
    return out;
}

json::Value call_yes(Call&) { return true; }
json::Value call_nothing(Call&) { return nullptr; }
json::Value call_context_get(Call& call) {
    const json::Value* zone = call.env.context.raw.if_contains("tz");
    return json::Object{{"lang", "en_US"}, {"tz", zone != nullptr ? *zone : json::Value(false)}, {"uid", call.env.uid}};
}

json::Value call_confirm_order(Call& call) {
    confirm_orders(call.env, call.ids);
    return true;
}
json::Value call_post_invoice(Call& call) {
    post_invoices(call.env, call.ids);
    return false;
}
json::Value call_apply_inventory(Call& call) {
    apply_inventory(call.env, call.ids);
    return nullptr;
}

constexpr std::array kMethods{
    Method{"search", "", true, "domain! offset limit order", call_search, write_search},
    Method{"search_read", "", true, "domain fields offset limit order load", call_search_read, write_search_read},
    Method{"search_count", "", true, "domain! limit", call_search_count},
    Method{"read", "", false, "fields load", call_read, write_read},
    Method{"create", "", true, "vals_list!", call_create},
    Method{"write", "", false, "vals!", call_write},
    Method{"unlink", "", false, "", call_unlink},
    Method{"fields_get", "", true, "allfields attributes", call_fields_get},
    Method{"name_search", "", true, "name domain operator limit", call_name_search},
    Method{"name_create", "", true, "name!", call_name_create},
    Method{"load", "", true, "fields! data!", call_load},
    Method{"export_data", "", false, "fields_to_export!", call_export_data},
    Method{"copy", "", false, "default", call_copy},
    Method{"default_get", "", true, "fields!", call_default_get},
    Method{"get_external_id", "", false, "", call_get_external_id},
    Method{"get_metadata", "", false, "", call_get_metadata},
    Method{"has_access", "", false, "operation!", call_yes},
    Method{"check_access", "", false, "operation!", call_nothing},
    Method{"check_access_rights", "", true, "operation! raise_exception", call_nothing},
    Method{"action_archive", "", false, "", call_archive},
    Method{"action_unarchive", "", false, "", call_unarchive},
    Method{"web_read", "", false, "specification!", call_web_read},
    Method{"web_search_read", "", true, "domain! specification! offset limit order count_limit", call_web_search_read},
    Method{"read_group", "", true, "domain! fields! groupby! offset limit orderby lazy", call_read_group},
    Method{"formatted_read_group", "", true, "domain! groupby aggregates having offset limit order",
           call_formatted_read_group},
    Method{"message_post", "", false, "body subject message_type subtype_xmlid body_is_html attachment_ids partner_ids",
           call_message_post},
    Method{"activity_schedule", "", false, "act_type_xmlid date_deadline summary note user_id", call_activity_schedule},
    Method{"action_feedback", "mail.activity", false, "feedback attachment_ids", call_action_feedback},
    Method{"action_done", "mail.activity", false, "", call_action_feedback},
    Method{"action_confirm", "sale.order", false, "", call_confirm_order},
    Method{"action_post", "account.move", false, "", call_post_invoice},
    Method{"action_apply_inventory", "stock.quant", false, "", call_apply_inventory},
    Method{"context_get", "res.users", true, "", call_context_get},
};

std::vector<std::string> words(std::string_view parameters) {
    std::vector<std::string> out;
    for (std::string& word : split(parameters, ' ')) {
        if (!word.empty()) out.push_back(std::move(word));
    }
    return out;
}

}  // namespace

json::Array Call::list(std::string_view name) const {
    const json::Value* value = find(name);
    return value != nullptr && value->is_array() ? value->get_array() : json::Array{};
}
json::Object Call::object(std::string_view name) const {
    const json::Value* value = find(name);
    return value != nullptr && value->is_object() ? value->get_object() : json::Object{};
}
std::string Call::text(std::string_view name, std::string_view otherwise) const {
    const json::Value* value = find(name);
    return std::string(value != nullptr && value->is_string() ? std::string_view(value->get_string()) : otherwise);
}
std::int64_t Call::number(std::string_view name, std::int64_t otherwise) const {
    const json::Value* value = find(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
}

std::vector<std::string> Method::names() const {
    std::vector<std::string> out = words(parameters);
    for (std::string& word : out) {
        if (word.back() == '!') word.pop_back();
    }
    return out;
}
std::vector<std::string> Method::required() const {
    std::vector<std::string> out;
    for (std::string& word : words(parameters)) {
        if (word.back() != '!') continue;
        word.pop_back();
        out.push_back(std::move(word));
    }
    return out;
}

const Method* find_method(const Model& model, std::string_view name) {
    for (const Method& method : kMethods) {
        if (method.name != name || (!method.model.empty() && method.model != model.name)) continue;
        const bool needs_messages = name == "message_post" || name == "activity_schedule";
        const bool needs_active = name == "action_archive" || name == "action_unarchive";
        if (needs_messages && !model.has_messages) continue;
        if (needs_active && !model.has_active) continue;
        return &method;
    }
    return nullptr;
}

bool is_private(std::string_view method) {
    static constexpr std::array<std::string_view, 8> kHidden{"exists", "search_fetch", "fetch",  "browse",
                                                             "sudo",   "with_context", "mapped", "filtered"};
    return method.starts_with('_') || std::find(kHidden.begin(), kHidden.end(), method) != kHidden.end();
}

Ids read_ids(const json::Value* value) {
    Ids ids;
    if (value == nullptr) return ids;
    if (value->is_int64()) return {value->get_int64()};
    if (!value->is_array()) return ids;
    // An id given as text names no record.
    for (const json::Value& item : value->get_array()) ids.push_back(item.is_int64() ? item.get_int64() : 0);
    return ids;
}

}  // namespace syncline::sim::odoo_detail
