// Which columns of a model are kept, and how: all that is stored there, less what another record holds and less
// secrets. Pure; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "odoo/client.hpp"

namespace syncline::mirror {

enum class Kept { kValue, kHash, kLeftOut };
std::string_view to_string(Kept kept);  // value, hash, left_out

struct Column {
    std::string field;
    std::string type;
    std::string relation;
    bool by_company = false;  // its value differs by company
    Kept kept = Kept::kValue;
    std::string reason;  // of kLeftOut, for people
    bool operator==(const Column&) const = default;
};
using Columns = std::vector<Column>;

Columns choose_columns(std::string_view model, const odoo::FieldInfos& fields);
// "access_token", "stripe_secret_key", "smtp_pass": what a text column of that name holds is nobody's to copy.
bool is_secret_name(std::string_view field);

Column* find_column(Columns& columns, std::string_view field);
std::vector<std::string> fields_kept(const Columns& columns, Kept kept);
std::vector<std::string> fields_by_company(const Columns& columns);  // of those kept by value

}  // namespace syncline::mirror
