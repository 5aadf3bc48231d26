// PostgreSQL for tests: one private server per test program, one fresh database per test, all migrations applied.
//
//   class LinkStore : public pg::testing::PgTest {};
//   TEST_F(LinkStore, KeepsWhatItGets) { … database().run(kOrg, …) … }
//
// The server starts with the first test that asks (about 0.8 s) and ends with the program; its folder goes with it.
// Durability is off: it is not for measuring.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "pg/database.hpp"

namespace syncline::pg::testing {

inline constexpr std::string_view kOrg = "00000000-0000-0000-0000-000000000001";       // made by the first migration
inline constexpr std::string_view kOtherOrg = "00000000-0000-0000-0000-000000000002";  // see add_org()

// The DSN of a new database with the migrations applied; without them when `empty`. Dropped with the server, or when
// nobody is connected to it any more and eight newer ones are there. One thread at a time.
Result<std::string> fresh_database(bool empty = false);

class PgTest : public ::testing::Test {
protected:
    void SetUp() override;
    void TearDown() override;

    Database& database() { return *database_; }
    const std::string& dsn() const { return dsn_; }
    // A second tenant.
    void add_org(std::string_view org = kOtherOrg, std::string_view slug = "other");
    // One statement as an org, or as the owner; a failure fails the test.
    Rows run(std::string_view sql, const Params& params = {}, std::string_view org = kOrg);
    Rows run_as_owner(std::string_view sql, const Params& params = {});

private:
    std::string dsn_;
    std::unique_ptr<Database> database_;
};

}  // namespace syncline::pg::testing
