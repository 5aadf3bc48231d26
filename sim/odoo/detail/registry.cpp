#include "sim/odoo/detail/registry.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.hpp"
#include "sim/odoo/detail/computes.hpp"
#include "sim/odoo/detail/defaults.hpp"
#include "sim/odoo/detail/tables.hpp"
#include "sim/odoo/detail/trade_models.hpp"

namespace syncline::sim::odoo_detail {
namespace {

Type type_of(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, Type>, 18> kTypes{{
        {"char", Type::kChar},
        {"text", Type::kText},
        {"html", Type::kHtml},
        {"selection", Type::kSelection},
        {"date", Type::kDate},
        {"datetime", Type::kDatetime},
        {"integer", Type::kInteger},
        {"float", Type::kFloat},
        {"monetary", Type::kFloat},
        {"boolean", Type::kBoolean},
        {"many2one", Type::kMany2one},
        {"one2many", Type::kOne2many},
        {"many2many", Type::kMany2many},
        {"binary", Type::kBinary},
        {"json", Type::kJson},
        {"properties", Type::kProperties},
        {"properties_definition", Type::kProperties},
        {"many2one_reference", Type::kReference},
    }};
    for (const auto& [spelling, type] : kTypes) {
        if (spelling == name) return type;
    }
    std::abort();
}

Field parse_field(const std::string& line) {
    std::vector<std::string> parts = split(line, '|');
    parts.resize(8);
    Field field;
    field.name = parts[0];
    field.type_name = parts[1];
    field.type = type_of(parts[1]);
    const auto flag = [&](char c) { return parts[2].find(c) != std::string::npos; };
    field.stored = flag('s');
    field.searchable = flag('q');
    field.sortable = flag('o');
    field.readonly = flag('r');
    field.required = flag('R');
    field.company_dependent = flag('c');
    field.translated = flag('t');
    field.open_selection = flag('O');
    field.undescribed = flag('U');
    field.label = parts[3];
    field.relation = parts[4];
    field.inverse = parts[5];
    field.related = parts[6];
    if (field.type == Type::kSelection) {
        for (const std::string& pair : split(parts[7], ';')) {
            const std::size_t equals = pair.find('=');
            if (equals != std::string::npos)
                field.selection.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
        }
    }
    return field;
}

Kept kept_as(Type type) {
    switch (type) {
        case Type::kBoolean: return Kept::kFlag;
        case Type::kInteger:
        case Type::kMany2one:
        case Type::kReference:
        case Type::kDatetime: return Kept::kWord;
        case Type::kFloat: return Kept::kReal;
        default: return Kept::kText;
    }
}

// Unless a field says otherwise, and few do, a stored binary is a file beside the table.
bool is_attached(std::string_view model, const Field& field) {
    if (field.type != Type::kBinary || !field.stored || model == "ir.attachment") return false;
    return !(model == "res.company" && field.name == "logo_web");
}

void add_fields(Model& model, std::string_view table) {
    for (const std::string& line : split(table, '\n')) {
        if (line.empty()) continue;
        Field field = parse_field(line);
        field.slot = static_cast<Slot>(model.fields.size());
        field.compute = compute_of(model.name, field.name);
        field.attached = is_attached(model.name, field);
        field.fallback = default_of(model.name, field.name);
        model.kept.push_back(kept_as(field.type));
        model.slots[field.name] = field.slot;
        model.fields.push_back(std::move(field));
    }
    const Field* active = model.find("active");
    model.has_active = active != nullptr;
    model.has_messages = model.find("message_ids") != nullptr;
}

constexpr std::array<FieldPair, 8> kPairs{{
    {"project.task", "depend_on_ids", "project.task", "dependent_ids"},
    {"project.task", "tag_ids", "project.tags", "task_ids"},
    {"project.task", "deployment_ids", "ipai.deployment", "task_ids"},
    {"project.project", "type_ids", "project.task.type", "project_ids"},
    {"project.project", "tag_ids", "project.tags", "project_ids"},
    {"project.project", "favorite_user_ids", "res.users", "favorite_project_ids"},
    {"res.users", "company_ids", "res.company", "user_ids"},
    {"res.partner", "category_id", "res.partner.category", "partner_ids"},
}};

}  // namespace

const Field* Model::find(std::string_view field) const {
    const auto it = slots.find(field);
    return it == slots.end() ? nullptr : &fields[it->second];
}

void Registry::add(std::string_view name, std::string_view label, std::string_view order, std::string_view table) {
    Model model;
    model.name = name;
    model.label = label;
    model.order = order;
    model.index = static_cast<int>(models_.size());
    add_fields(model, table);
    models_.push_back(std::move(model));
}

void Registry::extend(std::string_view name, std::string_view table) {
    for (Model& model : models_) {
        if (model.name == name) add_fields(model, table);
    }
}

void Registry::pair_many2many() {
    const auto field_of = [&](std::string_view model, std::string_view field) -> Field* {
        for (Model& candidate : models_) {
            if (candidate.name != model) continue;
            const auto it = candidate.slots.find(field);
            return it == candidate.slots.end() ? nullptr : &candidate.fields[it->second];
        }
        return nullptr;
    };
    const auto pair_up = [&](const FieldPair& pair) {
        Field* left = field_of(pair.model, pair.field);
        Field* right = field_of(pair.other_model, pair.other_field);
        if (left == nullptr || right == nullptr) return;
        left->relation_table = right->relation_table = relation_tables_++;
        right->right_side = left->paired = right->paired = true;
    };
    for (const FieldPair& pair : kPairs) pair_up(pair);
    for (const FieldPair& pair : trade_pairs()) pair_up(pair);
    for (Model& model : models_) {
        for (Field& field : model.fields) {
            if (field.type == Type::kMany2many && field.stored && field.relation_table < 0) {
                field.relation_table = relation_tables_++;
            }
        }
    }
}

Registry::Registry(bool ppm_addon, const std::vector<std::string>& modules) {
    add("ir.model", "Models", "model", kIrModelFields);
    add("ir.model.data", "Model Data", "module, model, name", kModelDataFields);
    add("res.currency", "Currency", "active desc, name", kCurrencyFields);
    add("res.country", "Country", "name", kCountryFields);
    add("res.partner.category", "Partner Tags", "name, id", kPartnerCategoryFields);
    add("res.partner", "Contact", "complete_name, id desc", kPartnerFields);
    add("res.company", "Companies", "sequence, name", kCompanyFields);
    add("res.users", "User", "name, login", kUserFields);
    add("mail.activity.type", "Activity Type", "sequence, id", kActivityTypeFields);
    add("mail.activity", "Activity", "date_deadline, id", kActivityFields);
    add("mail.message", "Message", "id desc", kMessageFields);
    add("project.tags", "Project Tags", "name", kTagFields);
    add("project.task.type", "Task Stage", "sequence, id", kStageFields);
    add("project.project", "Project", "sequence, name, id", kProjectFields);
    extend("project.project", "stage_id|many2one|sqoU|Stage|project.project.stage");
    add("project.milestone", "Project Milestone", "sequence, deadline, is_reached desc, name", kMilestoneFields);
    extend("project.milestone", "task_count|integer|rU|# of Tasks\ndone_task_count|integer|rU|# of Done Tasks");
    add("project.task", "Task", "priority desc, sequence, date_deadline, id desc", kTaskFields);
    if (ppm_addon) {
        add("ipai.portfolio", "Portfolio", "name, id", kPortfolioFields);
        add("ipai.deployment", "Deployment", "deployed_at desc, id desc", kDeploymentFields);
        add("ipai.ship.review", "Ship Review", "opened_at desc, id desc", kShipReviewFields);
        extend("project.project", kPpmProjectFields);
        extend("project.task", kPpmTaskFields);
        extend("project.milestone", kPpmMilestoneFields);
    }
    for (const TradeModel& each : trade_models()) {
        const bool installed =
            each.module == "base" || std::find(modules.begin(), modules.end(), each.module) != modules.end();
        if (!installed) continue;
        add(each.name, each.label, each.order, each.fields);
        models_.back().rec_name = each.rec_name;
    }
    for (Model& model : models_) {
        if (model.name == "res.users") model.inherits = "partner_id";
        if (model.name == "product.product") model.inherits = "product_tmpl_id";
        if (model.name == "ir.model.data") model.rec_name = "complete_name";
        if (model.name == "ipai.ship.review") model.rec_name = "id";
        if (model.name == "mail.message") model.rec_name = "subject";
        if (model.name == "mail.activity") model.rec_name = "res_name";
        if (model.name != "project.project") continue;
        for (Field& field : model.fields) {
            if (field.name == "stage_id" || field.name == "is_rotting" || field.name == "rotting_days") {
                field.forbidden_for = "Use Stages on Project";
            }
        }
    }
    pair_many2many();
    for (Model& model : models_) {
        places_.emplace(model.name, std::size_t(model.index));
        model.stride = model.fields.size() + kAddedFieldsMax;
        model.fields.reserve(model.stride);
    }
}

void Registry::drop_field(std::string_view model, std::string_view field) {
    Model& changed = models_[places_.find(model)->second];
    const auto slot = changed.slots.find(field);
    if (slot == changed.slots.end()) std::abort();
    changed.fields[slot->second].dropped = true;
    changed.slots.erase(slot);
}

void Registry::add_field(std::string_view model, const std::string& line) {
    Model& changed = models_[places_.find(model)->second];
    if (changed.fields.size() == changed.stride) std::abort();
    add_fields(changed, line);
}

const Model* Registry::find(std::string_view name) const {
    const auto it = places_.find(name);
    return it == places_.end() ? nullptr : &models_[it->second];
}

const Model& Registry::at(std::string_view name) const {
    const Model* model = find(name);
    if (model == nullptr) std::abort();
    return *model;
}

}  // namespace syncline::sim::odoo_detail
