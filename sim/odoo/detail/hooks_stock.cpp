// Stock.
#include "sim/odoo/detail/hooks_by_model.hpp"

namespace syncline::sim::odoo_detail {

void before_create_quant(Env& env, json::Object& values) {
    if (!values.contains("in_date")) values["in_date"] = format_odoo(env.now);
    if (values.contains("inventory_quantity")) values["inventory_quantity_set"] = true;
}

void apply_inventory(Env& env, const Ids& quants) {
    const Model& model = env.model("stock.quant");
    env.require_existing(model, quants);
    for (const std::int64_t id : quants) {
        env.put(model, id, "quantity", env.get(model, id, "inventory_quantity"));
        env.store.set(model, id, *model.find("inventory_quantity"), 0.0);
        env.store.set(model, id, *model.find("inventory_quantity_set"), false);
    }
}

}  // namespace syncline::sim::odoo_detail
