#include "access/secret_store.hpp"

namespace syncline::access {
namespace {

Error no_such_secret(std::string_view name) {
    return make_error(Errc::kNotFound, "there is no sealed secret vault:" + std::string(name));
}

}  // namespace

Result<void> put_sealed(pg::Database& database, const OrgId& org, std::string_view name, std::string_view sealed) {
    TRY(vault::parse_secret_ref("vault:" + std::string(name)));
    return database.run(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(
            tx.exec("insert into vault.sealed (org_id, name, sealed) values ($1, $2, $3)"
                    " on conflict (org_id, name) do update set sealed = excluded.sealed, updated_at = now()",
                    {org.text(), name, sealed}));
        return {};
    });
}

Result<std::string> get_sealed(pg::Database& database, const OrgId& org, std::string_view name) {
    return database.transact(org.text(), [&](pg::Transaction& tx) -> Result<std::string> {
        const pg::Rows rows =
            TRY(tx.exec("select sealed from vault.sealed where org_id = $1 and name = $2", {org.text(), name}));
        if (rows.empty()) return no_such_secret(name);
        return std::string(rows.text(0, "sealed"));
    });
}

Result<void> remove_sealed(pg::Database& database, const OrgId& org, std::string_view name) {
    return database.run(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows gone =
            TRY(tx.exec("delete from vault.sealed where org_id = $1 and name = $2", {org.text(), name}));
        if (gone.affected() == 0) return no_such_secret(name);
        return {};
    });
}

Result<std::vector<std::string>> sealed_names(pg::Database& database, const OrgId& org) {
    return database.transact(org.text(), [&](pg::Transaction& tx) -> Result<std::vector<std::string>> {
        const pg::Rows rows = TRY(tx.exec("select name from vault.sealed where org_id = $1 order by name limit $2",
                                          {org.text(), kSealedNamesMax}));
        std::vector<std::string> names;
        for (std::size_t i = 0; i < rows.size(); ++i) names.emplace_back(rows.text(i, "name"));
        return names;
    });
}

vault::SealedReader sealed_reader(pg::Database& database, const OrgId& org) {
    return [&database, org](std::string_view name) { return get_sealed(database, org, name); };
}

}  // namespace syncline::access
