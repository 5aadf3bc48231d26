#include "mirror/scope.hpp"

#include <algorithm>

namespace syncline::mirror {
namespace {

std::string head_of(std::string_view path) { return std::string(path.substr(0, path.find('.'))); }

// Whether each leaf of the domain stands on a field that this server has; names the first one that does not.
std::string missing_field(const json::Array& domain, const odoo::FieldInfos& fields) {
    for (const json::Value& leaf : domain) {
        if (!leaf.is_array() || leaf.get_array().empty() || !leaf.get_array()[0].is_string()) continue;
        const auto path = leaf.get_array()[0].get_string();
        const std::string head = head_of({path.data(), path.size()});
        if (!fields.contains(head)) return head;
    }
    return {};
}

void hold_to_companies(Scope& scope) {
    const std::string field(scope.entity->company_field);
    if (field.empty() || !scope.fields.contains(head_of(field))) return;
    json::Array allowed;
    if (field != "id") allowed.push_back(false);  // rows of no company belong to all
    for (const std::int64_t id : scope.companies) allowed.push_back(id);
    scope.domain.push_back(json::Array{field, "in", allowed});
}

}  // namespace

Result<std::vector<Company>> companies(pg::Transaction& tx, const Source& source, std::string_view server) {
    const pg::Rows rows =
        TRY(tx.exec("select company_id, name, server from odoo.companies where org_id = $1 and connector = $2 "
                    "order by company_id",
                    {source.org.text(), source.connector}));
    std::vector<Company> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows.text(i, "server") != server) {
            return make_error(Errc::kNotConfigured,
                              "the mirror '" + source.connector + "' is of " + std::string(rows.text(i, "server")) +
                                  ", not of " + std::string(server),
                              "give the other server a connector of its own");
        }
        found.push_back({rows.integer(i, "company_id"), std::string(rows.text(i, "name"))});
    }
    if (found.empty()) {
        return make_error(Errc::kNotConfigured, "no Odoo company belongs to this org",
                          "say which ones do: nothing is pulled without");
    }
    return found;
}

Result<void> map_companies(pg::Transaction& tx, const Source& source, std::string_view server,
                           const std::vector<Company>& companies) {
    for (const Company& company : companies) {
        TRY(tx.exec(
            "insert into odoo.companies (org_id, connector, server, company_id, name) values ($1, $2, $3, $4, $5) "
            "on conflict (org_id, connector, company_id) do update set name = excluded.name",
            {source.org.text(), source.connector, server, company.id, company.name}));
    }
    return ok();
}

Result<std::vector<Company>> companies_of_odoo(odoo::Client& client) {
    const std::vector<std::int64_t> ids = TRY(client.search("res.company", {}));
    std::vector<Company> found;
    for (const json::Object& row : TRY(client.read("res.company", ids, {"name"}))) {
        found.push_back({json::integer_or(row, "id"), std::string(json::text_or(row, "name"))});
    }
    return found;
}

json::Array Scope::with(json::Array more) const {
    json::Array all = domain;
    for (json::Value& leaf : more) all.push_back(std::move(leaf));
    return all;
}

Result<Scope> scope_of(odoo::Client& client, const Entity& entity, const std::vector<Company>& companies) {
    Scope scope;
    scope.entity = &entity;
    for (const Company& company : companies) scope.companies.push_back(company.id);
    for (const std::string_view model : entity.models) {
        Result<odoo::FieldInfos> fields = client.fields(std::string(model));
        if (fields.ok()) {
            scope.model = model;
            scope.fields = std::move(*fields);
            break;
        }
        const Error& error = fields.error();
        if (error.code != Errc::kNotFound && error.code != Errc::kForbidden && error.code != Errc::kRefused)
            return error;
        scope.absent = error.message;
    }
    if (scope.model.empty()) return scope;
    scope.absent.clear();
    if (!entity.domain.empty()) {
        const json::Value own = TRY(json::parse(entity.domain));
        const std::string missing = missing_field(own.as_array(), scope.fields);
        if (missing.empty()) scope.domain = own.as_array();
        if (!missing.empty()) scope.note = "this server has no " + missing + ": all records of " + scope.model;
    }
    hold_to_companies(scope);
    return scope;
}

}  // namespace syncline::mirror
