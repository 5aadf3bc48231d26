// How a record of the mirror becomes a row of the core: one described table per kind of row, as data. What is done with
// it is in transform.hpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace syncline::promote {

enum class How {
    kText,        // as it is; false is ""
    kTrimmed,     // without space around it
    kBool,        // true where the record has no such field
    kInteger,     //
    kNumber,      // at most `digits` decimals, no trailing zeros
    kMoney,       // as many decimals as the record's currency has (2 where it has none)
    kInstant,     // naive UTC; false is null
    kDay,         // false is null
    kChoice,      // one of `choices`; another value is quarantined
    kOdooId,      // Odoo's id of a many2one, for filters; false is null
    kPairText,    // the name in a many2one's pair; "" where the server sent plain ids
    kSeen,        // what the mirror has at the end of `hops`; false on the way is ""
    kRow,         // the row of the core that a many2one means; false is null
    kRows,        // those of a many2many that the mirror has
    kCustomer,    // of a partner: the customer itself, or the one that its address belongs to
    kAddress,     // of a partner: the address; null for a customer, whose own address is meant
    kAttributes,  // {"Size": "S"} of template attribute values
    kPriceExtra,  // the sum of their price_extra
    kByCompany,   // {"2": "77"}: of a field whose value differs by company
};

struct Choice {
    std::string_view from;  // of Odoo; "" = false
    std::string_view to;
};
// The record of `entity` that the id before it means, and there `field`: an id for the next hop, at last a text.
struct Hop {
    std::string_view entity;
    std::string_view field;
};

struct Column {
    std::string_view name;                 // of the core table
    std::vector<std::string_view> fields;  // of the record: the first that it has (names changed between versions)
    How how = How::kText;
    bool required = false;
    std::string_view entity = {};  // kRow, kRows
    std::vector<Choice> choices = {};
    std::vector<Hop> hops = {};
    int digits = 6;
};

struct Table {
    std::string_view entity;      // of the mirror
    std::string_view core_table;  // "products"
    std::string_view name_column;
    std::vector<Column> columns;              // beside active, deleted_at and metadata, which all have
    std::vector<std::string_view> kept = {};  // fields that go into metadata as they are
};

// In the order in which they are promoted: references point backwards, but for a category's parent.
std::span<const Table> all_tables();
// Of an entity; partner has two: whole customers first, then their addresses.
const Table& table_of(std::string_view core_table);
// The entities in that order, each once.
const std::vector<std::string_view>& promoted_entities();
bool is_promoted(std::string_view entity);

}  // namespace syncline::promote
