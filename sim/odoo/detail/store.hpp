// The rows of one simulated database: tables, pairs of many2many fields, and an undo list that makes each call a
// transaction. Not thread safe.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "sim/odoo/detail/registry.hpp"
#include "sim/odoo/detail/table.hpp"

namespace syncline::sim::odoo_detail {

// Where a company keeps its own value of a company-dependent field.
Slot company_slot(const Model& model, const Field& field, std::int64_t company);

// A row to read; valid until the table is written to.
struct Record {
    std::int64_t id = 0;
    const Table* table = nullptr;
    std::size_t place = 0;

    Cell get(Slot slot) const { return table->get(place, slot); }
};

// A row or nothing.
class Found {
public:
    Found() = default;
    Found(std::nullptr_t) {}
    Found(Record record) : record_(record) {}
    explicit operator bool() const { return record_.table != nullptr; }
    bool operator==(std::nullptr_t) const { return record_.table == nullptr; }
    const Record& operator*() const& { return record_; }
    Record operator*() const&& { return record_; }
    const Record* operator->() const { return &record_; }

private:
    Record record_;
};

// All rows of a table in the order of their ids: for (const auto& [id, record] : rows).
class Rows {
public:
    explicit Rows(const Table& table, std::size_t from = 0) : table_(&table), from_(from) {}
    class Step {
    public:
        Step(const Table* table, std::size_t place) : table_(table), place_(place) { skip(); }
        std::pair<std::int64_t, Record> operator*() const {
            const std::int64_t id = table_->id_at(place_);
            return {id, {id, table_, place_}};
        }
        Step& operator++() {
            ++place_;
            skip();
            return *this;
        }
        bool operator==(const Step& other) const { return place_ == other.place_; }

    private:
        void skip() {
            while (place_ < table_->places() && table_->gone(place_)) ++place_;
        }
        const Table* table_;
        std::size_t place_;
    };
    Step begin() const { return {table_, from_}; }
    Step end() const { return {table_, table_->places()}; }

private:
    const Table* table_;
    std::size_t from_;
};

// What a committed transaction did to one record, as an addon that watches create, write and unlink would note it.
struct Noted {
    const Model* model = nullptr;
    std::int64_t id = 0;
    enum Kind { kCreated, kWritten, kDeleted } kind = kWritten;
    std::set<std::string> fields;  // whose stored value is another one now
};

class Store {
    struct Pairs;

public:
    explicit Store(const Registry& registry);

    Rows rows(const Model& model) const { return Rows(rows_of(model)); }
    const Table& rows_of(const Model& model) const { return *tables_[size_t(model.index)]; }
    Found find(const Model& model, std::int64_t id) const;
    // Rows whose `field` (a many2one, or another that is indexed) points to `target`.
    const IdSet& referring(const Model& model, const Field& field, std::int64_t target) const {
        return rows_of(model).referring(field.slot, target);
    }
    const IdSet& linked(const Field& many2many, std::int64_t id) const;

    // Ids are taken from a sequence that, as in PostgreSQL, does not go back when a transaction is undone.
    std::int64_t insert(const Model& model);
    // `company`: whose value it is, of a company-dependent field.
    void set(const Model& model, std::int64_t id, const Field& field, const Cell& value, std::int64_t company = 1);
    void link(const Field& many2many, std::int64_t id, std::int64_t other);
    void unlink(const Field& many2many, std::int64_t id, std::int64_t other);
    void erase(const Model& model, std::int64_t id);  // with all its pairs
    std::int64_t next_id(const Model& model) const { return rows_of(model).next_id; }
    void reserve_ids(const Model& model, std::int64_t next);
    std::int64_t next_serial() { return ++serial_; }

    // Beside transactions, for many rows at once: nothing is undone, noted or checked.
    Table& bulk(const Model& model) { return table(model.index); }
    // The same others for each of the rows with ids [from, to), which have none yet.
    void bulk_link(const Field& many2many, std::int64_t from, std::int64_t to, const Ids& others);

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
    using Shared = std::shared_ptr<const IdSet>;
    struct Pairs {
        Column<Shared> left;  // by id
        // By the other id; made when first asked for.
        mutable std::unordered_map<std::int64_t, IdSet> right;
        mutable bool turned = false;
        std::int64_t left_end = 0;  // no greater id has pairs
        const IdSet& from_right(std::int64_t id) const;
    };
    struct Undo {
        enum Kind { kSet, kInsert, kErase, kLink, kUnlink } kind = kSet;
        int table = 0;
        std::int64_t id = 0;
        Slot slot = 0;
        std::size_t place = 0;
        Cell before = {};
        std::int64_t other = 0;
        const Field* field = nullptr;  // of a pair: from whose side it was told
    };
    Table& table(int index);
    Pairs& pairs(int index);
    void pair(int table, std::int64_t left, std::int64_t right, bool present);
    void note_pair(Undo::Kind kind, const Field& field, std::int64_t id, std::int64_t other);

    const Registry& registry_;
    std::vector<std::shared_ptr<const Table>> tables_;  // shared with snapshots until they are written to
    std::vector<std::shared_ptr<const Pairs>> pairs_;
    std::vector<std::vector<const Field*>> pointing_;  // by model: many2many fields of others that show it, one-sided
    std::vector<Undo> undo_;
    std::int64_t serial_ = 0;
};

}  // namespace syncline::sim::odoo_detail
