#include "mirror/contract.hpp"

#include "mirror/detail/contract.hpp"

namespace syncline::mirror {

std::string_view to_string(Contract contract) {
    switch (contract) {
        case Contract::kEvolve: return "evolve";
        case Contract::kFreeze: return "freeze";
        case Contract::kDiscard: break;
    }
    return "discard";
}

Result<Contract> parse_contract(std::string_view text) {
    for (const Contract each : {Contract::kEvolve, Contract::kFreeze, Contract::kDiscard}) {
        if (text == to_string(each)) return each;
    }
    return make_error(Errc::kInvalid, "there is no contract '" + std::string(text) + "'", "evolve, freeze or discard");
}

Result<void> set_contract(pg::Transaction& tx, const Source& source, std::string_view entity, Contract contract,
                          Time now) {
    TRY(tx.exec(
        "insert into odoo.entities (org_id, connector, entity, contract, updated_at) values ($1, $2, $3, $4, $5)"
        " on conflict (org_id, connector, entity) do update set contract = excluded.contract,"
        " updated_at = excluded.updated_at",
        {source.org.text(), source.connector, entity, to_string(contract), format_iso(now)}));
    return ok();
}

Result<Columns> kept_columns(pg::Transaction& tx, const Source& source, std::string_view entity) {
    Columns columns = TRY(detail::known_columns(tx, source, entity));
    if (!columns.empty()) return columns;
    return make_error(Errc::kNotFound, std::string(entity) + " was never pulled",
                      "`syncline mirror pull " + std::string(entity) + "`");
}

Result<std::vector<Noticed>> drift(pg::Transaction& tx, const Source& source, std::string_view entity, int rows_max) {
    const pg::Rows rows = TRY(tx.exec(
        "select entity, field, change, from_type, to_type, handled, noticed_at from odoo.drift where org_id = $1"
        " and connector = $2 and ($3::text = '' or entity = $3) order by drift desc limit $4",
        {source.org.text(), source.connector, entity, rows_max}));
    std::vector<Noticed> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto text = [&](std::string_view column) { return std::string(rows.text(i, column)); };
        const Time noticed_at = TRY(parse_time(rows.text(i, "noticed_at")));
        found.push_back({text("entity"), text("field"), text("change"), text("from_type"), text("to_type"),
                         text("handled"), noticed_at});
    }
    return found;
}

}  // namespace syncline::mirror
