// Rows as read() gives them, written straight into the text of the answer: what each field needs is found once per
// call.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

class RowText {
public:
    // No fields: all of them. Throws for unknown and forbidden ones. `plain`: a many2one as its id alone.
    RowText(const Env& env, const Model& model, const json::Array& fields, bool plain);
    // Appends the JSON array of those rows that exist.
    void write(std::string& out, const Ids& ids) const;

private:
    struct Column {
        enum How { kKept, kStep, kPairs, kAsked } how = kAsked;
        std::string key;  // "\"name\": ", quoted and with what stands before it
        const Field* field = nullptr;
        const Model* model = nullptr;  // whose field it is
        const Table* table = nullptr;
        Slot slot = 0;
        std::shared_ptr<Column> next;  // of a step: what the record behind shows
        const Table* next_table = nullptr;
    };
    Column column_of(const Model& model, const Field& field) const;
    void write_value(std::string& out, const Column& column, const Record& record) const;
    void write_kept(std::string& out, const Column& column, std::size_t place) const;
    void write_reference(std::string& out, const Field& field, std::int64_t id) const;
    void write_pairs(std::string& out, const Column& column, const Record& record) const;
    void write_nothing(std::string& out, const Field& field) const;

    const Env& env_;
    const Model& model_;
    const bool plain_;
    std::vector<Column> columns_;
    // Names of records behind many2one fields, by field's model and id: each is worked out once.
    mutable std::unordered_map<const Model*, std::unordered_map<std::int64_t, std::string>> names_;
};

}  // namespace syncline::sim::odoo_detail
