#include "odoo/detail/address.hpp"

#include <gtest/gtest.h>

namespace syncline::odoo::detail {
namespace {

TEST(OdooAddress, WhateverAPersonPasted) {
    const std::pair<const char*, const char*> cases[] = {
        {"https://erp.example.com", "https://erp.example.com"},
        {"https://erp.example.com///", "https://erp.example.com"},
        {" erp.example.com/web ", "https://erp.example.com"},
        {"https://acme.odoo.com/odoo/project/5/tasks?x=1", "https://acme.odoo.com"},
        {"https://acme.odoo.com/web/login", "https://acme.odoo.com"},
        {"https://acme.odoo.com/web#action=12&model=project.task", "https://acme.odoo.com"},
        {"http://127.0.0.1:8069/jsonrpc", "http://127.0.0.1:8069"},
        {"http://127.0.0.1:8069/json/2/", "http://127.0.0.1:8069"},
        {"https://intranet.example.com/erp/web", "https://intranet.example.com/erp"},
        {"https://example.com/webshop", "https://example.com/webshop"},
    };
    for (const auto& [pasted, base] : cases) {
        const auto address = parse_address(pasted);
        ASSERT_TRUE(address.ok()) << pasted;
        EXPECT_EQ(address->base, base) << pasted;
    }
    EXPECT_EQ(parse_address("  ").error().code, Errc::kNotConfigured);
    EXPECT_EQ(parse_address("ftp://example.com").error().code, Errc::kInvalid);
}

TEST(OdooAddress, OnlyOdoosHostingIsSlowByDefault) {
    EXPECT_EQ(rate_for("acme.odoo.com", 0), kOnlineCallsPerS);
    EXPECT_EQ(rate_for("acme.odoo.com", 5), 5);
    EXPECT_EQ(rate_for("notodoo.com", 0), 0);
    EXPECT_EQ(rate_for("odoo.com.example.org", 0), 0);
}

}  // namespace
}  // namespace syncline::odoo::detail
