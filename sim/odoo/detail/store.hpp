// The rows of one simulated database: tables, pairs of many2many fields, and an undo list that makes each call a
// transaction. Not thread safe.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "sim/odoo/detail/cell.hpp"
#include "sim/odoo/detail/registry.hpp"

namespace syncline::sim::odoo_detail {

// How an indexed text field is asked for with Store::referring(); different texts may share a key.
std::int64_t index_key(std::string_view text);

// Where a company keeps its own value of a company-dependent field.
Slot company_slot(const Model& model, const Field& field, std::int64_t company);

struct Record {
    std::int64_t id = 0;
    std::vector<std::pair<Slot, Cell>> cells;  // sorted by slot; only what is not empty

    const Cell& get(Slot slot) const;
    void set(Slot slot, Cell value);
};

// What a committed transaction did to one record, as an addon that watches create, write and unlink would note it.
struct Noted {
    const Model* model = nullptr;
    std::int64_t id = 0;
    enum Kind { kCreated, kWritten, kDeleted } kind = kWritten;
    std::set<std::string> fields;  // whose stored value is another one now
};

class Store {
    struct Table;
    struct Pairs;

public:
    explicit Store(const Registry& registry);

    const std::map<std::int64_t, Record>& rows(const Model& model) const { return tables_[size_t(model.index)]->rows; }
    const Record* find(const Model& model, std::int64_t id) const;
    // Rows whose indexed `field` (every many2one is) points to `target`.
    const std::set<std::int64_t>& referring(const Model& model, const Field& field, std::int64_t target) const;
    const std::set<std::int64_t>& linked(const Field& many2many, std::int64_t id) const;

    // Ids are taken from a sequence that, as in PostgreSQL, does not go back when a transaction is undone.
    std::int64_t insert(const Model& model);
    // `company`: whose value it is, of a company-dependent field.
    void set(const Model& model, std::int64_t id, const Field& field, Cell value, std::int64_t company = 1);
    void link(const Field& many2many, std::int64_t id, std::int64_t other);
    void unlink(const Field& many2many, std::int64_t id, std::int64_t other);
    void erase(const Model& model, std::int64_t id);  // with all its pairs
    std::int64_t next_id(const Model& model) const { return tables_[size_t(model.index)]->next_id; }
    void reserve_ids(const Model& model, std::int64_t next);
    std::int64_t next_serial() { return ++serial_; }

    void commit() { undo_.clear(); }
    void roll_back();
    // What the open transaction did so far to records of these models, a record once, in the order of its first change.
    std::vector<Noted> changes(const std::vector<const Model*>& watched) const;

    // All that is committed, to come back to. Cheap: what is not written to afterwards is shared.
    class Snapshot {
        friend class Store;
        std::vector<std::shared_ptr<const Table>> tables_;
        std::vector<std::shared_ptr<const Pairs>> pairs_;
        std::int64_t serial_ = 0;
    };
    Snapshot snapshot() const;
    void restore(const Snapshot& snapshot);

private:
    struct Table {
        std::map<std::int64_t, Record> rows;
        std::map<Slot, std::unordered_map<std::int64_t, std::set<std::int64_t>>> references;
        std::int64_t next_id = 1;
    };
    struct Pairs {
        std::unordered_map<std::int64_t, std::set<std::int64_t>> left, right;
    };
    struct Undo {
        enum Kind { kSet, kInsert, kErase, kLink, kUnlink } kind = kSet;
        int table = 0;
        std::int64_t id = 0;
        Slot slot = 0;
        bool reference = false;
        Cell before;
        Record record;
        std::int64_t other = 0;
        const Field* field = nullptr;  // of a pair: from whose side it was told
    };
    Table& table(int index);
    Pairs& pairs(int index);
    void put(int table, Slot slot, bool reference, std::int64_t id, Cell value);
    void pair(int table, std::int64_t left, std::int64_t right, bool present);

    const Registry& registry_;
    std::vector<std::shared_ptr<const Table>> tables_;  // shared with snapshots until they are written to
    std::vector<std::shared_ptr<const Pairs>> pairs_;
    std::vector<Undo> undo_;
    std::int64_t serial_ = 0;
};

}  // namespace syncline::sim::odoo_detail
