// A merchant's catalogue: categories, templates, variants, pictures, stock.
#include <fmt/format.h>

#include "sim/odoo/detail/trade_fill.hpp"
#include "sim/odoo/detail/trade_words.hpp"

namespace syncline::sim::odoo_detail {
namespace {

std::string ean13(std::uint64_t number) {
    std::string digits = fmt::format("{:012}", 400'000'000'000ULL + number % 99'000'000'000ULL);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    digits += static_cast<char>('0' + (10 - sum % 10) % 10);
    return digits;
}

}  // namespace

void Merchant::fill_categories(Env& env) {
    const Model& model = env.model("product.category");
    for (const TradeBranch& branch : kTradeBranches) {
        const std::int64_t above = env.create(model, {json::Object{{"name", branch.name}}}).front();
        for (const std::string_view name : branch.below)
            categories_.push_back(env.create(model, {json::Object{{"name", name}, {"parent_id", above}}}).front());
    }
}

void Merchant::fill_attributes(Env& env) {
    const auto attribute = [&](std::string_view name, std::initializer_list<std::string_view> words, Ids& values) {
        const std::int64_t id = env.create(env.model("product.attribute"), {json::Object{{"name", name}}}).front();
        for (const std::string_view word : words) {
            values.push_back(
                env.create(env.model("product.attribute.value"), {json::Object{{"name", word}, {"attribute_id", id}}})
                    .front());
        }
        return id;
    };
    size_attribute_ = attribute("Size", {"S", "M", "L"}, sizes_);
    colour_attribute_ = attribute("Colour", {"Red", "Blue"}, colours_);
}

void Merchant::fill_templates(Env& env) {
    Filler rows(env, "product.template", size_.products);
    first_template_ = rows.first();
    rows.texts("name", [&](std::int64_t i) { return Text(product_name(i)); });
    rows.texts("default_code", [&](std::int64_t i) { return many(i) ? Text{} : Text(code(i)); });
    rows.reals("list_price", [&](std::int64_t i) { return price(i); });
    rows.words("categ_id", [&](std::int64_t i) {
        return categories_[std::size_t(below(kProduct, i, 5, std::int64_t(categories_.size())))];
    });
    const Text service("service"), goods("consu");
    rows.texts("type", [&](std::int64_t i) { return i % 40 == 20 ? service : goods; });
    rows.words("is_storable", [](std::int64_t i) { return i % 40 != 20; });
    rows.words("active", [](std::int64_t i) { return i % 61 != 60; });
    rows.words("sale_ok", [](std::int64_t i) { return i % 30 != 29; });
    rows.texts("description_sale", [&](std::int64_t i) {
        return i % 3 == 0
                   ? Text(fmt::format("{}: packed by the piece, delivered within {} days.", product_name(i), 1 + i % 9))
                   : Text{};
    });
    rows.reals("weight",
               [&](std::int64_t i) { return many(i) ? 0.0 : double(1 + below(kProduct, i, 6, 9000)) / 1000; });
    rows.reals("volume", [&](std::int64_t i) { return many(i) ? 0.0 : double(below(kProduct, i, 7, 400)) / 1000; });
    rows.words("has_configurable_attributes", [](std::int64_t i) { return many(i); });
}

// The attribute lines of the templates that have many variants, and the values on them.
void Merchant::fill_lines_of_templates(Env& env) {
    const std::int64_t owners = size_.products / kBlock;
    const auto owner = [&](std::int64_t n) { return first_template_ + n * kBlock + kBlock - 1; };
    Filler lines(env, "product.template.attribute.line", owners * 2);
    lines.words("product_tmpl_id", [&](std::int64_t i) { return owner(i / 2); });
    lines.words("attribute_id", [&](std::int64_t i) { return i % 2 == 0 ? size_attribute_ : colour_attribute_; });
    lines.words("value_count", [&](std::int64_t i) { return i % 2 == 0 ? kSizes : kColours; });
    const Field& shown = *env.model("product.template.attribute.line").find("value_ids");
    for (std::int64_t i = 0; i < lines.count(); ++i)
        env.store.bulk_link(shown, lines.id(i), lines.id(i) + 1, i % 2 == 0 ? sizes_ : colours_);
    constexpr std::int64_t kEach = kSizes + kColours;
    Filler values(env, "product.template.attribute.value", owners * kEach);
    values.words("attribute_line_id",
                 [&](std::int64_t i) { return lines.id(i / kEach * 2 + (i % kEach < kSizes ? 0 : 1)); });
    values.words("product_attribute_value_id", [&](std::int64_t i) {
        const std::int64_t at = i % kEach;
        return at < kSizes ? sizes_[std::size_t(at)] : colours_[std::size_t(at - kSizes)];
    });
    values.reals("price_extra", [](std::int64_t i) { return i % kEach == kSizes - 1 ? 2.5 : 0.0; });
    const Field& chosen = *env.model("product.product").find("product_template_attribute_value_ids");
    first_variant_ = env.store.next_id(env.model("product.product"));
    for (std::int64_t n = 0; n < owners; ++n) {
        const std::int64_t first = first_variant_ + first_variant(n * kBlock + kBlock - 1);
        for (std::int64_t at = 0; at < kMany; ++at) {
            const std::int64_t base = values.id(n * kEach);
            env.store.bulk_link(chosen, first + at, first + at + 1,
                                {base + at / kColours, base + kSizes + at % kColours});
        }
    }
}

void Merchant::fill_variants(Env& env) {
    Filler rows(env, "product.product", variants());
    rows.words("product_tmpl_id", [&](std::int64_t i) { return first_template_ + template_of(i); });
    rows.texts("default_code", [&](std::int64_t i) { return Text(variant_code(i)); });
    rows.texts("barcode", [&](std::int64_t i) { return i % 3 == 2 ? Text{} : Text(ean13(draw(kProduct, i, 8))); });
    rows.reals("standard_price", [&](std::int64_t i) {
        return static_cast<double>(below(kProduct, i, 9, 60) + 20) * price(template_of(i)) / 100;
    });
    rows.words("active", [&](std::int64_t i) { return template_of(i) % 61 != 60; });
    rows.reals("weight", [&](std::int64_t i) { return double(1 + below(kProduct, template_of(i), 6, 9000)) / 1000; });
    rows.reals("volume", [&](std::int64_t i) { return double(below(kProduct, template_of(i), 7, 400)) / 1000; });
}

// One product in twenty has a picture: a row that says where it lies.
void Merchant::fill_images(Env& env) {
    Filler rows(env, "ir.attachment", size_.products / 20);
    const auto sum = [&](std::int64_t i) {
        return fmt::format("{:016x}{:016x}{:08x}", draw(kText, i, 1), draw(kText, i, 2),
                           std::uint32_t(draw(kText, i, 3)));
    };
    rows.same("name", std::string("image_1920"));
    rows.same("res_model", std::string("product.template"));
    rows.same("res_field", std::string("image_1920"));
    rows.same("mimetype", std::string("image/jpeg"));
    rows.words("res_id", [&](std::int64_t i) { return first_template_ + i * 20; });
    rows.words("file_size", [&](std::int64_t i) { return 20'000 + below(kText, i, 4, 900'000); });
    rows.texts("checksum", [&](std::int64_t i) { return Text(sum(i)); });
    rows.texts("store_fname", [&](std::int64_t i) { return Text(sum(i).substr(0, 2) + "/" + sum(i)); });
}

void Merchant::fill_stock(Env& env) {
    std::int64_t shelf = 0;
    const Model& locations = env.model("stock.location");
    for (const auto& [id, row] : env.store.rows(locations)) {
        if (text(env.get(locations, id, "usage")) == "internal" && shelf == 0) shelf = id;
    }
    Filler rows(env, "stock.quant", variants() * 4 / 5);
    rows.words("product_id", [&](std::int64_t i) { return first_variant_ + i * 5 / 4; });
    rows.same("location_id", shelf);
    rows.reals("quantity", [&](std::int64_t i) { return double(below(kStock, i, 1, 500)); });
    rows.reals("reserved_quantity", [&](std::int64_t i) { return i % 9 == 0 ? double(below(kStock, i, 2, 5)) : 0.0; });
    rows.same("in_date", env.now_micros() / 1'000'000 * 1'000'000);
}

}  // namespace syncline::sim::odoo_detail
