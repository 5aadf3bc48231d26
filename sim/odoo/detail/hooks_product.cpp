// Products: a template and its variants, made from the attribute lines.
#include <algorithm>
#include <set>

#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::string_view kVariantsLater = "create_product_product";  // Odoo's own context key
constexpr std::size_t kVariantsMax = 1000;                             // Odoo refuses more
// Kept on the variant; a template with one variant hands them on.
constexpr std::string_view kOfVariant[] = {"default_code", "barcode", "standard_price", "volume", "weight"};

const Model& templates(const Env& env) { return env.model("product.template"); }
const Model& variants(const Env& env) { return env.model("product.product"); }

// Every choice of one value per line that makes variants at once.
std::vector<Ids> combinations(const Env& env, std::int64_t product) {
    std::vector<Ids> all{{}};
    for (const std::int64_t line : env.referring("product.template.attribute.line", "product_tmpl_id", product)) {
        if (text(env.get(env.model("product.template.attribute.line"), line, "attribute_id.create_variant")) !=
            "always")
            continue;
        const Ids values = env.referring("product.template.attribute.value", "attribute_line_id", line);
        std::vector<Ids> longer;
        for (const Ids& chosen : all) {
            for (const std::int64_t value : values) {
                longer.push_back(chosen);
                longer.back().push_back(value);
            }
        }
        if (longer.size() > kVariantsMax)
            throw user_error("The number of variants to generate is above allowed limit.");
        if (!values.empty()) all = std::move(longer);
    }
    for (Ids& chosen : all) std::sort(chosen.begin(), chosen.end());
    return all;
}

Ids choice_of(const Env& env, std::int64_t variant) {
    const Model& model = variants(env);
    return env.raw_ids(model, *env.store.find(model, variant), *model.find("product_template_attribute_value_ids"));
}

void make_variants(Env& env, std::int64_t product, const json::Object& own) {
    const Model& model = variants(env);
    const std::vector<Ids> wanted = combinations(env, product);
    std::set<Ids> there;
    for (const std::int64_t variant : env.referring("product.product", "product_tmpl_id", product)) {
        const Ids choice = choice_of(env, variant);
        if (std::find(wanted.begin(), wanted.end(), choice) == wanted.end()) {
            env.unlink(model, {variant});
        } else {
            there.insert(choice);
        }
    }
    for (const Ids& choice : wanted) {
        if (there.contains(choice)) continue;
        json::Object values = own;
        values["product_tmpl_id"] = product;
        values["product_template_attribute_value_ids"] =
            list_of(json::Array{6, 0, json::Array(choice.begin(), choice.end())});
        env.create(model, {values});
    }
}

void keep_code_of_only_variant(Env& env, std::int64_t product) {
    const Ids all = env.referring("product.product", "product_tmpl_id", product);
    Cell code;
    if (all.size() == 1) code = env.get(variants(env), all.front(), "default_code");
    if (Cell(env.get(templates(env), product, "default_code")) != code)
        env.put(templates(env), product, "default_code", std::move(code));
}

}  // namespace

void after_create_template(Env& env, std::int64_t id, const json::Object& given) {
    if (env.context.raw.contains(kVariantsLater)) return;
    json::Object own;
    for (const std::string_view field : kOfVariant) {
        if (const json::Value* value = given.if_contains(field)) own[field] = *value;
    }
    make_variants(env, id, own);
    keep_code_of_only_variant(env, id);
}

void after_write_template(Env& env, const Ids& ids, const json::Object& values) {
    for (const std::int64_t id : ids) {
        if (values.contains("attribute_line_ids")) make_variants(env, id, {});
        const Ids all = env.referring("product.product", "product_tmpl_id", id);
        json::Object passed;
        if (const json::Value* active = values.if_contains("active")) passed["active"] = *active;
        if (all.size() == 1) {
            for (const std::string_view field : kOfVariant) {
                if (const json::Value* value = values.if_contains(field)) passed[field] = *value;
            }
        }
        env.write(variants(env), all, passed);  // nothing but the time, when nothing is passed on
        if (values.contains("default_code")) keep_code_of_only_variant(env, id);
    }
}

void before_create_variant(Env& env, json::Object& values) {
    if (values.contains("product_tmpl_id")) return;
    json::Object shared, own;
    for (const auto& [name, value] : values) {
        const Field* field = variants(env).find(name);
        const bool inherited = field != nullptr && field->related.starts_with("product_tmpl_id.");
        (inherited ? shared : own)[name] = value;
    }
    env.context.raw[kVariantsLater] = false;
    own["product_tmpl_id"] = env.create(templates(env), {shared}).front();
    env.context.raw.erase(kVariantsLater);
    values = std::move(own);
}

void after_write_variant(Env& env, const Ids& ids, const json::Object& values) {
    if (!values.contains("default_code")) return;
    for (const std::int64_t id : ids)
        keep_code_of_only_variant(env, integer(env.get(variants(env), id, "product_tmpl_id")));
}

// The last variant takes its template along.
Ids templates_left_empty(const Env& env, const Ids& gone) {
    Ids empty_ones;
    for (const std::int64_t id : gone) {
        if (env.store.find(templates(env), id) == nullptr) continue;
        if (env.referring("product.product", "product_tmpl_id", id).empty()) empty_ones.push_back(id);
    }
    return empty_ones;
}

void after_change_line(Env& env, const Ids& lines) {
    const Model& line_model = env.model("product.template.attribute.line");
    const Model& value_model = env.model("product.template.attribute.value");
    for (const std::int64_t line : lines) {
        const Record row = *env.store.find(line_model, line);
        const Ids wanted = env.raw_ids(line_model, row, *line_model.find("value_ids"));
        std::set<std::int64_t> there;
        for (const std::int64_t value : env.referring("product.template.attribute.value", "attribute_line_id", line)) {
            const std::int64_t shown = integer(env.get(value_model, value, "product_attribute_value_id"));
            if (std::find(wanted.begin(), wanted.end(), shown) == wanted.end()) {
                env.unlink(value_model, {value});
            } else {
                there.insert(shown);
            }
        }
        for (const std::int64_t value : wanted) {
            if (there.contains(value)) continue;
            env.create(value_model, {json::Object{{"attribute_line_id", line}, {"product_attribute_value_id", value}}});
        }
        env.store.set(line_model, line, *line_model.find("value_count"), std::int64_t(wanted.size()));
    }
}

// Stored names and paths of a tree follow what stands above them.
void after_rename_in_tree(Env& env, const Model& model, std::string_view parent, const Ids& ids) {
    for (const std::int64_t id : ids) {
        for (const std::int64_t child : env.referring(model.name, parent, id)) {
            env.touch(model, child);
            after_rename_in_tree(env, model, parent, {child});
        }
    }
}

}  // namespace syncline::sim::odoo_detail
