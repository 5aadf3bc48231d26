#include "mirror/columns.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace syncline::mirror {
namespace {

constexpr std::array<std::string_view, 12> kSecretWords{"password",   "passwd", "passphrase", "pass",
                                                        "pwd",        "secret", "token",      "credentials",
                                                        "credential", "totp",   "otp",        "apikey"};
// Only what holds text can give a secret away: "password_minimum_length" is a number.
constexpr std::array<std::string_view, 8> kTextTypes{"char", "text",       "html",      "binary",
                                                     "json", "serialized", "reference", "properties"};

bool among(const auto& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

// What some versions of Odoo describe and then cannot give.
bool is_known_bad(std::string_view model, std::string_view field) {
    return model == "account.move" && field == "needed_terms";
}

Column leave_out(Column column, std::string reason) {
    column.kept = Kept::kLeftOut;
    column.reason = std::move(reason);
    return column;
}

Column choose(std::string_view model, const std::string& name, const odoo::FieldInfo& info) {
    Column column{name, info.type, info.relation, info.company_dependent, Kept::kValue, {}};
    if (name == "id") return column;
    if (among(kTextTypes, info.type) && is_secret_name(name)) return leave_out(column, "a secret, by its name");
    if (!info.stored) return leave_out(column, "computed, not stored");
    if (info.type == "one2many") return leave_out(column, "held by the other side's " + info.relation);
    if (is_known_bad(model, name)) return leave_out(column, "Odoo cannot give it");
    if (info.type == "binary" || info.type == "image") column.kept = Kept::kHash;
    return column;
}

}  // namespace

std::string_view to_string(Kept kept) {
    switch (kept) {
        case Kept::kValue: return "value";
        case Kept::kHash: return "hash";
        case Kept::kLeftOut: break;
    }
    return "left_out";
}

bool is_secret_name(std::string_view field) {
    const std::vector<std::string> words = split(to_lower(field), '_');
    return words.back() == "key" || words.back() == "pem" ||
           std::ranges::any_of(words, [](const std::string& word) { return among(kSecretWords, word); });
}

Columns choose_columns(std::string_view model, const odoo::FieldInfos& fields) {
    Columns columns;
    for (const auto& [name, info] : fields) columns.push_back(choose(model, name, info));
    return columns;
}

Column* find_column(Columns& columns, std::string_view field) {
    const auto found = std::ranges::find(columns, field, &Column::field);
    return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> fields_kept(const Columns& columns, Kept kept) {
    std::vector<std::string> fields;
    for (const Column& column : columns) {
        if (column.kept == kept) fields.push_back(column.field);
    }
    return fields;
}

std::vector<std::string> fields_by_company(const Columns& columns) {
    std::vector<std::string> fields;
    for (const Column& column : columns) {
        if (column.kept == Kept::kValue && column.by_company) fields.push_back(column.field);
    }
    return fields;
}

}  // namespace syncline::mirror
