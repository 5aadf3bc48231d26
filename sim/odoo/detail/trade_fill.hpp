// What a merchant's database is filled with. Each value is drawn from the seed, the kind of thing and its number, so
// that an order line knows a product's price without looking.
#pragma once

#include "sim/odoo/detail/filler.hpp"
#include "sim/odoo/trade.hpp"

namespace syncline::sim::odoo_detail {

class Merchant {
public:
    Merchant(std::uint64_t seed, const TradeSize& size) : seed_(seed), size_(size) {}
    void fill(Env& env);

private:
    enum Kind : std::uint64_t { kPartner = 1, kProduct, kStock, kOrder, kLine, kText };
    // Templates come in blocks: all but the last of a block have one variant.
    static constexpr std::int64_t kBlock = 50, kSizes = 3, kColours = 2, kMany = kSizes * kColours;
    static constexpr std::int64_t kBlockVariants = kBlock - 1 + kMany;
    // Orders come in blocks of five: with 1, 2, 3, 4 and 5 lines.
    static constexpr std::int64_t kOrderBlock = 5, kOrderBlockLines = 15;

    std::uint64_t draw(Kind kind, std::int64_t i, std::uint64_t salt = 0) const;
    std::int64_t below(Kind kind, std::int64_t i, std::uint64_t salt, std::int64_t bound) const {
        return static_cast<std::int64_t>(draw(kind, i, salt) % static_cast<std::uint64_t>(bound));
    }

    void fill_partners(Env& env);
    void fill_categories(Env& env);
    void fill_attributes(Env& env);
    void fill_templates(Env& env);
    void fill_lines_of_templates(Env& env);
    void fill_variants(Env& env);
    void fill_images(Env& env);
    void fill_stock(Env& env);
    void fill_orders(Env& env);
    void fill_order_lines(Env& env);
    void fill_invoices(Env& env);
    void fill_invoice_lines(Env& env);
    void fill_transfers(Env& env);
    void fill_moves(Env& env);

    std::int64_t variants() const;                            // how many
    std::int64_t template_of(std::int64_t variant) const;     // by number, not id
    static std::int64_t first_variant(std::int64_t product);  // by number
    static bool many(std::int64_t product) { return product % kBlock == kBlock - 1; }
    double price(std::int64_t product) const;
    std::string code(std::int64_t product) const;
    std::string variant_code(std::int64_t variant) const;
    std::string product_name(std::int64_t product) const;

    static std::int64_t lines(std::int64_t orders);  // of so many orders
    static std::int64_t order_of(std::int64_t line);
    bool sold(std::int64_t order) const { return order % 4 != 3; }
    std::int64_t invoices() const { return size_.orders / 4; }  // of every fourth order
    std::int64_t customer(std::int64_t order) const;            // id
    std::int64_t variant_sold(std::int64_t line) const;         // by number
    double quantity(std::int64_t line) const { return static_cast<double>(1 + below(kLine, line, 2, 9)); }
    double net(std::int64_t line) const;
    double order_net(std::int64_t order) const;
    double order_tax(std::int64_t order) const;
    std::int64_t order_time(const Env& env, std::int64_t order) const;

    const std::uint64_t seed_;
    const TradeSize size_;
    Ids categories_, sizes_, colours_;
    std::int64_t size_attribute_ = 0, colour_attribute_ = 0;
    std::int64_t first_partner_ = 0, first_template_ = 0, first_variant_ = 0, first_order_ = 0, first_line_ = 0,
                 first_invoice_ = 0, first_transfer_ = 0;
};

double tax_on(double net);  // 15 %, in cents

}  // namespace syncline::sim::odoo_detail
