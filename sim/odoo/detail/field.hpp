// What a field and a model are. Read-only after the registry is built; safe from many threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/odoo/detail/cell.hpp"

namespace syncline::sim::odoo_detail {

class Env;
struct Record;
using Compute = Cell (*)(const Env&, const Record&);

enum class Type {
    kChar,
    kText,
    kHtml,
    kSelection,
    kDate,
    kDatetime,
    kInteger,
    kFloat,
    kBoolean,
    kMany2one,
    kOne2many,
    kMany2many,
    kBinary,
    kJson,
    kProperties,
    kReference,  // many2one_reference: a plain id whose model stands in another field
};

// How a value is kept: see Table.
enum class Kept : std::uint8_t { kFlag, kWord, kReal, kText };

using Slot = std::uint32_t;

struct Field {
    std::string name;
    std::string type_name;  // as fields_get spells it
    Type type = Type::kChar;
    std::string label;
    std::string relation;  // model behind a relational field
    std::string inverse;   // of a one2many: the many2one on the other side
    std::string related;   // "partner_id.name"
    std::vector<std::pair<std::string, std::string>> selection;
    bool stored = false;
    bool searchable = false;
    bool sortable = false;
    bool readonly = false;
    bool required = false;
    bool company_dependent = false;
    bool translated = false;
    bool attached = false;        // a binary whose value is a row of ir.attachment
    bool dropped = false;         // an upgrade took it away
    bool undescribed = false;     // fields_get leaves it out
    bool open_selection = false;  // the values listed are only some of those that Odoo has
    Slot slot = 0;
    int relation_table = -1;    // of a many2many: which table of pairs …
    bool paired = false;        // another field shows the same table
    bool right_side = false;    // … and whether this field reads it from the right
    Compute compute = nullptr;  // how the value is found when it is not kept in the row
    std::string_view fallback;  // the value where the caller names none, as JSON; "" for none
    std::string forbidden_for;  // not empty: reading needs this group, which nobody has

    bool x2many() const { return type == Type::kOne2many || type == Type::kMany2many; }
    bool text() const { return type == Type::kChar || type == Type::kText || type == Type::kHtml; }
};

struct Model {
    std::string name;
    std::string label;
    std::string order;  // Odoo's _order
    std::string rec_name = "name";
    std::string inherits;  // the many2one through which fields are inherited ("partner_id")
    bool has_active = false;
    bool has_messages = false;
    int index = 0;
    std::vector<Field> fields;  // by slot; stays where it is once the registry is built
    std::vector<Kept> kept;     // by slot
    std::size_t stride = 0;     // slots of one company, with room for fields that are added later
    std::map<std::string, Slot, std::less<>> slots;

    const Field* find(std::string_view field) const;
};

}  // namespace syncline::sim::odoo_detail
