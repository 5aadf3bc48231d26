#include "mirror/columns.hpp"

#include <gtest/gtest.h>

namespace syncline::mirror {
namespace {

TEST(Columns, SecretsAreKnownByTheirNames) {
    for (const char* secret : {"access_token", "password", "new_password", "smtp_pass", "stripe_secret_key", "api_key",
                               "paypal_client_secret", "token", "signup_token", "private_key_pem", "Adyen_API_KEY",
                               "oauth_access_token", "totp_secret"}) {
        EXPECT_TRUE(is_secret_name(secret)) << secret;
    }
    for (const char* fine : {"name", "key_account", "keyword", "access_warning", "default_code", "passport", "tokenize",
                             "barcode", "monkey", "compass"}) {
        EXPECT_FALSE(is_secret_name(fine)) << fine;
    }
}

TEST(Columns, WhatIsStoredIsKeptAndTheRestHasAReason) {
    odoo::FieldInfos fields;
    const auto put = [&](const char* name, const char* type, bool stored = true, bool by_company = false) {
        odoo::FieldInfo& info = fields[name];
        info.type = type;
        info.relation = "res.partner";
        info.stored = stored;
        info.company_dependent = by_company;
    };
    put("id", "integer");
    put("name", "char");
    put("category_id", "many2many");
    put("child_ids", "one2many");
    put("total", "monetary", false);
    put("image_1920", "binary");
    put("avatar", "binary", false);
    put("access_token", "char");
    put("payment_token_id", "many2one");
    put("password_minimum_length", "integer");
    put("standard_price", "float", true, true);
    put("needed_terms", "binary");
    Columns columns = choose_columns("account.move", fields);
    ASSERT_EQ(columns.size(), fields.size());
    const auto kept = [&](const char* field) { return find_column(columns, field)->kept; };
    for (const char* field : {"id", "name", "category_id", "payment_token_id", "password_minimum_length"}) {
        EXPECT_EQ(kept(field), Kept::kValue) << field;
    }
    EXPECT_EQ(kept("image_1920"), Kept::kHash);
    for (const char* field : {"child_ids", "total", "avatar", "access_token", "needed_terms"}) {
        EXPECT_EQ(kept(field), Kept::kLeftOut) << field;
        EXPECT_NE(find_column(columns, field)->reason, "") << field;
    }
    EXPECT_EQ(fields_by_company(columns), std::vector<std::string>{"standard_price"});
    EXPECT_EQ(find_column(columns, "nothing"), nullptr);
}

}  // namespace
}  // namespace syncline::mirror
