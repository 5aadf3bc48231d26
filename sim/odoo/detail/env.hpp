// One call of one user: the transaction's time, the context, and the ORM over the store.
// Every function may throw Failure; the caller then rolls the store back. Not thread safe.
#pragma once

#include <optional>

#include "base/time.hpp"
#include "sim/odoo/detail/failure.hpp"
#include "sim/odoo/detail/store.hpp"

namespace syncline::sim::odoo_detail {

inline constexpr std::int64_t kAdmin = 2;

struct Context {
    bool active_test = true;
    bool bin_size = false;
    bool quiet = false;  // tracking_disable: no messages
    json::Object raw;
};
Context read_context(const json::Value* value);

class Env {
public:
    Env(const Registry& models, Store& rows, Time transaction_start, std::int64_t user, Context call_context)
        : registry(models), store(rows), now(transaction_start), uid(user), context(std::move(call_context)) {}

    const Registry& registry;
    Store& store;
    const Time now;  // of the transaction's start: what write_date becomes
    const std::int64_t uid;
    Context context;

    const Model& model(std::string_view name) const { return registry.at(name); }
    std::int64_t now_micros() const { return now.time_since_epoch().count(); }
    std::string today() const;
    // Whose company-dependent values are meant: the first of the context's, else the user's own.
    std::int64_t company() const;

    // The value of any field, computed and related ones too. Archived records are hidden from x2many values under
    // active_test.
    Cell get(const Model& model, const Record& record, const Field& field) const;
    Cell get(const Model& model, std::int64_t id, std::string_view field) const;  // empty when the row is missing
    std::string display_name(const Model& model, std::int64_t id) const;
    // Ids of the records whose many2one `field` holds `id`; none where the model is not installed.
    Ids referring(std::string_view model, std::string_view field, std::int64_t id) const;
    // Ids of a one2many or many2many without hiding or sorting.
    Ids raw_ids(const Model& model, const Record& record, const Field& field) const;

    // `values` as Odoo's write() takes them.
    Ids create(const Model& model, const json::Array& values_list);
    void write(const Model& model, const Ids& ids, const json::Object& values);
    void unlink(const Model& model, const Ids& ids);
    Ids copy(const Model& model, const Ids& ids, const json::Object& changes);

    // Below the ORM's checks, for computed fields and hooks: sets the value and moves write_date.
    void put(const Model& model, std::int64_t id, std::string_view field, const Cell& value);
    void touch(const Model& model, std::int64_t id);
    void require_existing(const Model& model, const Ids& ids) const;

private:
    std::int64_t insert(const Model& model, const json::Object& values);
    void assign(const Model& model, std::int64_t id, const json::Object& values);
    void assign_related(const Model& model, std::int64_t id, const Field& field, const json::Value& value);
    void check_required(const Model& model, std::int64_t id) const;
    void apply_commands(const Model& model, std::int64_t id, const Field& field, const json::Value& value);
    void command(const Model& model, std::int64_t id, const Field& field, const json::Array& command);
    void detach(const Model& model, std::int64_t id, const Field& field, std::int64_t other);
    void attach(const Model& model, std::int64_t id, const Field& field, std::int64_t other);
    void release_references(const Model& model, std::int64_t id);
};

}  // namespace syncline::sim::odoo_detail
