// A record of the mirror → a row of the core, or why not. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>

#include "json/json.hpp"
#include "promote/table.hpp"

namespace syncline::promote {

// Why a record cannot be taken over as it is. The words are kept (promote.quarantine.reason).
enum class Reason {
    kMissingValue,      // a column that a row must have is empty
    kBadValue,          // a value of a kind that is not known here
    kReferenceMissing,  // it means a record that the mirror does not have
    kReferenceWaiting,  // it means a record that is not taken over yet
    kSkuConflict,       // another record has its SKU
    kChangedKind,       // a customer became an address, or the other way round
};
std::string_view to_string(Reason reason);

struct Refusal {
    Reason reason = Reason::kBadValue;
    std::string detail;  // for people
};

// A row of the core that a record is.
struct RowRef {
    std::string table;
    std::string id;        // UUID
    std::string customer;  // of an address
};

using Ids = std::map<std::string, std::set<std::int64_t>, std::less<>>;  // by entity

// What a transform may look up, gathered before.
struct Known {
    std::map<std::string, std::unordered_map<std::int64_t, json::Object>, std::less<>> seen;  // of the mirror
    std::map<std::string, std::unordered_map<std::int64_t, RowRef>, std::less<>> rows;        // of the core
    Ids mirrored;     // of those that are no rows: the mirror has them
    Ids quarantined;  // of these: they are selected, and cannot be taken over themselves
};
struct Needs {
    Ids seen;
    Ids rows;
};

// Which table the record belongs to: a partner that is its own commercial party is a customer, any other an address.
const Table& table_for(std::string_view entity, const json::Object& data);
// What the transform will look up and `known` does not have yet; ask again when it has it: that may need more.
void gather_needs(const Table& table, const json::Object& data, const Known& known, Needs& needs);

// The row by column name; numbers as text, so that none is rounded on the way.
std::variant<json::Object, Refusal> transform(const Table& table, const json::Object& data, const Known& known);
// Of a record that Odoo does not have any more: what changes of its row.
json::Object deleted_row(std::string_view at);

// Of a many2one, as [id, name] or as a plain id; 0 = none.
std::int64_t reference_of(const json::Value& value);
std::string_view reference_name(const json::Value& value);

}  // namespace syncline::promote
