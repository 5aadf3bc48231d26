// All models of one simulated server.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "sim/odoo/detail/field.hpp"

namespace syncline::sim::odoo_detail {

class Registry {
public:
    // `modules`: which of the trade modules are installed; see trade_models().
    Registry(bool ppm_addon, const std::vector<std::string>& modules);

    const Model* find(std::string_view name) const;
    const Model& at(std::string_view name) const;  // aborts when there is none: a mistake in this program
    const std::vector<Model>& models() const { return models_; }
    int relation_tables() const { return relation_tables_; }

    // What an upgrade does to a running server. Aborts for what is not there and beyond kAddedFieldsMax of a model.
    static constexpr std::size_t kAddedFieldsMax = 16;
    void drop_field(std::string_view model, std::string_view field);
    void add_field(std::string_view model, const std::string& line);  // as in the tables of fields

private:
    void add(std::string_view name, std::string_view label, std::string_view order, std::string_view table);
    void extend(std::string_view name, std::string_view table);
    void pair_many2many();

    std::vector<Model> models_;
    std::map<std::string, std::size_t, std::less<>> places_;
    int relation_tables_ = 0;
};

}  // namespace syncline::sim::odoo_detail
