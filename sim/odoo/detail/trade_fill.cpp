#include "sim/odoo/detail/trade_fill.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "sim/odoo/detail/trade_words.hpp"

namespace syncline::sim::odoo_detail {

double tax_on(double net) { return std::round(net * (15.0 / 100) * 100) / 100; }

std::uint64_t Merchant::draw(Kind kind, std::int64_t i, std::uint64_t salt) const {
    std::uint64_t x = seed_ ^ (static_cast<std::uint64_t>(kind) << 56) ^ (salt << 48) ^ static_cast<std::uint64_t>(i);
    for (const std::uint64_t factor : {0xbf58476d1ce4e5b9ULL, 0x94d049bb133111ebULL}) {
        x ^= x >> 30;
        x *= factor;
    }
    return x ^ (x >> 31);
}

std::int64_t Merchant::variants() const {
    const std::int64_t rest = size_.products % kBlock;
    return size_.products / kBlock * kBlockVariants + rest;
}
std::int64_t Merchant::template_of(std::int64_t variant) const {
    return variant / kBlockVariants * kBlock + std::min(variant % kBlockVariants, kBlock - 1);
}
std::int64_t Merchant::first_variant(std::int64_t product) {
    return product / kBlock * kBlockVariants + product % kBlock;
}
double Merchant::price(std::int64_t product) const {
    return static_cast<double>(99 + below(kProduct, product, 1, 49'900)) / 100;
}
// One in five thousand has its neighbour's code: what a person does by mistake.
std::string Merchant::code(std::int64_t product) const {
    return fmt::format("SKU-{:07}", product % 5000 == 4998 ? product - 1 : product);
}
std::string Merchant::variant_code(std::int64_t variant) const {
    const std::int64_t product = template_of(variant);
    if (!many(product)) return code(product);
    const std::int64_t at = variant - first_variant(product);
    return fmt::format("{}-{}{}", code(product), "SML"[at / kColours], "RB"[at % kColours]);
}
std::string Merchant::product_name(std::int64_t product) const {
    return fmt::format("{} {} {} {:05}",
                       kTradeFinishes[std::size_t(below(kProduct, product, 2, kTradeFinishes.size()))],
                       kTradeMaterials[std::size_t(below(kProduct, product, 3, kTradeMaterials.size()))],
                       kTradeThings[std::size_t(below(kProduct, product, 4, kTradeThings.size()))], product);
}

std::int64_t Merchant::lines(std::int64_t orders) {
    const std::int64_t rest = orders % kOrderBlock;
    return orders / kOrderBlock * kOrderBlockLines + rest * (rest + 1) / 2;
}
std::int64_t Merchant::order_of(std::int64_t line) {
    static constexpr std::array<std::int64_t, kOrderBlockLines> kOf{0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};
    return line / kOrderBlockLines * kOrderBlock + kOf[std::size_t(line % kOrderBlockLines)];
}
std::int64_t Merchant::customer(std::int64_t order) const {
    if (size_.partners == 0) return 1;
    return first_partner_ + below(kOrder, order, 1, size_.partners) / 10 * 10;  // the first of ten is a company
}
std::int64_t Merchant::variant_sold(std::int64_t line) const {
    return below(kLine, line, 1, std::max<std::int64_t>(1, variants()));
}
double Merchant::net(std::int64_t line) const {
    return std::round(price(template_of(variant_sold(line))) * quantity(line) * 100) / 100;
}
double Merchant::order_net(std::int64_t order) const {
    double sum = 0;
    for (std::int64_t line = lines(order); line < lines(order + 1); ++line) sum += net(line);
    return std::round(sum * 100) / 100;
}
double Merchant::order_tax(std::int64_t order) const {
    double sum = 0;
    for (std::int64_t line = lines(order); line < lines(order + 1); ++line) sum += tax_on(net(line));
    return std::round(sum * 100) / 100;
}
// Over the last two years, whole seconds.
std::int64_t Merchant::order_time(const Env& env, std::int64_t order) const {
    constexpr std::int64_t kSpan = std::int64_t(730) * 86'400;
    const std::int64_t now = env.now_micros() / 1'000'000;
    return (now - kSpan + order * kSpan / std::max<std::int64_t>(1, size_.orders)) * 1'000'000;
}

void Merchant::fill(Env& env) {
    fill_partners(env);
    fill_categories(env);
    fill_attributes(env);
    fill_templates(env);
    fill_lines_of_templates(env);
    fill_variants(env);
    fill_images(env);
    fill_stock(env);
    if (size_.products == 0) return;  // nothing to sell
    fill_orders(env);
    fill_order_lines(env);
    fill_invoices(env);
    fill_invoice_lines(env);
    fill_transfers(env);
    fill_moves(env);
}

// Ten by ten: four companies with an address each, then two people on their own.
void Merchant::fill_partners(Env& env) {
    Filler rows(env, "res.partner", size_.partners);
    first_partner_ = rows.first();
    enum Role { kCompany, kAddress, kPerson };
    const auto role = [](std::int64_t i) { return i % 10 >= 8 ? kPerson : i % 2 == 0 ? kCompany : kAddress; };
    const auto owner = [](std::int64_t i) { return i % 10 < 8 && i % 2 == 1 ? i - 1 : i; };
    const auto pick = [&](std::int64_t i, std::uint64_t salt, std::size_t of) {
        return static_cast<std::size_t>(below(kPartner, owner(i), salt, static_cast<std::int64_t>(of)));
    };
    const std::vector<Text> cities = shared_texts(kTradeCities), domains = shared_texts(kTradeDomains);
    const Text invoice("invoice"), delivery("delivery"), contact("contact");
    rows.texts("name", [&](std::int64_t i) {
        const std::string_view family = kTradeFamilies[pick(i, 1, kTradeFamilies.size())];
        if (role(i) == kPerson)
            return Text(fmt::format("{} {}", kTradeFirstNames[pick(i, 2, kTradeFirstNames.size())], family));
        if (role(i) == kAddress) return Text(i % 4 == 1 ? "Accounts payable" : "Warehouse");
        return Text(fmt::format("{} {} {:05}", family, kTradeForms[pick(i, 3, kTradeForms.size())], i));
    });
    rows.words("is_company", [&](std::int64_t i) { return role(i) == kCompany; });
    rows.texts("type", [&](std::int64_t i) { return role(i) != kAddress ? contact : i % 4 == 1 ? invoice : delivery; });
    rows.words("parent_id", [&](std::int64_t i) { return role(i) == kAddress ? rows.id(i - 1) : Table::kNone; });
    rows.texts("street", [&](std::int64_t i) {
        return Text(fmt::format("{} {}", kTradeStreets[pick(i, 4, kTradeStreets.size())], 1 + pick(i, 5, 240)));
    });
    rows.texts("zip", [&](std::int64_t i) { return Text(fmt::format("{:05}", 1000 + pick(i, 6, 98'000))); });
    rows.texts("city", [&](std::int64_t i) { return cities[pick(i, 7, cities.size())]; });
    rows.words("country_id", [&](std::int64_t i) { return kTradeCountries[pick(i, 8, kTradeCountries.size())]; });
    rows.texts("email", [&](std::int64_t i) {
        return i % 23 == 0 ? Text{} : Text(fmt::format("contact{}@{}", i, domains[pick(i, 9, domains.size())].view()));
    });
    rows.texts("phone", [&](std::int64_t i) {
        return i % 7 == 0 ? Text{} : Text(fmt::format("+49 30 {:07}", draw(kPartner, i, 10) % 10'000'000));
    });
    rows.texts("vat", [&](std::int64_t i) {
        return role(i) == kCompany && i % 3 == 0 ? Text(fmt::format("DE{:09}", draw(kPartner, i, 11) % 1'000'000'000))
                                                 : Text{};
    });
    rows.texts("ref", [&](std::int64_t i) { return role(i) == kAddress ? Text{} : Text(fmt::format("C-{:07}", i)); });
    rows.words("customer_rank", [&](std::int64_t i) { return role(i) == kAddress ? 0 : 1 + i % 5; });
    rows.words("supplier_rank", [&](std::int64_t i) { return i % 50 == 0 ? 1 : 0; });
    rows.words("active", [&](std::int64_t i) { return i % 97 != 96; });
    rows.words("property_payment_term_id",
               [&](std::int64_t i) { return role(i) == kAddress ? Table::kNone : 1 + i % 5; });
    rows.words("user_id", [&](std::int64_t i) { return role(i) == kCompany ? kAdmin : Table::kNone; });
}

}  // namespace syncline::sim::odoo_detail
