// What a merchant's customers and goods are called.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "sim/odoo/detail/column.hpp"

namespace syncline::sim::odoo_detail {

inline constexpr std::array<std::string_view, 16> kTradeFamilies{
    "Müller", "Rossi",  "Dupont", "Garcia",    "Jansen", "Kowalski", "Andersen",  "Smith",
    "Okafor", "Nguyen", "Silva",  "Söderberg", "O'Neil", "Yılmaz",   "Papadakis", "Tanaka"};
inline constexpr std::array<std::string_view, 12> kTradeFirstNames{"Ana",   "Ben",  "Carla", "David", "Élise", "Felix",
                                                                   "Grace", "Hugo", "Ines",  "Jonas", "Kira",  "Liam"};
inline constexpr std::array<std::string_view, 8> kTradeForms{
    "GmbH", "& Sons Ltd", "S.A.", "B.V.", "Trading Co.", "Workshops", "\"Nord\" AB", "Retail Group"};
inline constexpr std::array<std::string_view, 10> kTradeStreets{
    "Hauptstraße", "Rue de la Paix", "Market Street", "Via Roma", "Calle Mayor",
    "Kerkstraat",  "Storgatan",      "Elm Avenue",    "Am Markt", "Harbour Road"};
inline constexpr std::array<std::string_view, 14> kTradeCities{"Berlin", "München",   "Paris", "Lyon", "Milano",
                                                               "Madrid", "Amsterdam", "Malmö", "Wien", "Zürich",
                                                               "Dublin", "København", "Gent",  "Porto"};
inline constexpr std::array<std::int64_t, 10> kTradeCountries{57, 75, 109, 68, 165, 196, 12, 43, 101, 233};
inline constexpr std::array<std::string_view, 6> kTradeDomains{"example.com",  "example.org",  "example.net",
                                                               "shop.example", "mail.example", "works.example"};

inline constexpr std::array<std::string_view, 10> kTradeFinishes{
    "Matt", "Polished", "Galvanised", "Black", "Natural", "Compact", "Heavy-duty", "Foldable", "Classic", "Light"};
inline constexpr std::array<std::string_view, 8> kTradeMaterials{"Steel", "Oak",   "Aluminium", "Cotton",
                                                                 "Glass", "Brass", "Nylon",     "Bamboo"};
inline constexpr std::array<std::string_view, 14> kTradeThings{
    "Screw M4", "Shelf 80×40", "Lamp",  "Handle",       "Trail Shoe", "Backpack", "Bracket 3\"",
    "Chair",    "Box",         "Hinge", "Water Bottle", "Cable 2m",   "Clamp",    "Table Top"};
struct TradeBranch {
    std::string_view name;
    std::array<std::string_view, 4> below;
};
inline constexpr std::array<TradeBranch, 6> kTradeBranches{{
    {"Fasteners", {"Screws", "Bolts", "Anchors", "Rivets"}},
    {"Furniture", {"Chairs", "Tables", "Shelves", "Storage"}},
    {"Lighting", {"Lamps", "Bulbs", "Outdoor", "Strips"}},
    {"Outdoor", {"Shoes", "Backpacks", "Bottles", "Tents"}},
    {"Tools", {"Hand Tools", "Power Tools", "Measuring", "Clamps"}},
    {"Textiles", {"Curtains", "Bedding", "Towels", "Rugs"}},
}};

template <std::size_t N>
std::vector<Text> shared_texts(const std::array<std::string_view, N>& words) {
    std::vector<Text> out;
    for (const std::string_view word : words) out.emplace_back(word);
    return out;
}

}  // namespace syncline::sim::odoo_detail
