#include <unistd.h>

#include <filesystem>

#include "access/secret_store.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "vault/seal.hpp"

namespace syncline::access {
namespace {

class SecretStoreTest : public pg::testing::PgTest {
protected:
    const OrgId mine_ = default_org();
    const OrgId other_ = OrgId::parse(pg::testing::kOtherOrg).value();
};

TEST_F(SecretStoreTest, KeepsOneValuePerOrgAndName) {
    add_org();
    ASSERT_TRUE(put_sealed(database(), mine_, "plane", "v1:one").ok());
    ASSERT_TRUE(put_sealed(database(), mine_, "odoo", "v1:o").ok());
    ASSERT_TRUE(put_sealed(database(), other_, "plane", "v1:theirs").ok());
    ASSERT_TRUE(put_sealed(database(), mine_, "plane", "v1:two").ok());
    EXPECT_EQ(get_sealed(database(), mine_, "plane").value(), "v1:two");
    EXPECT_EQ(get_sealed(database(), other_, "plane").value(), "v1:theirs");
    EXPECT_EQ(sealed_names(database(), mine_).value(), (std::vector<std::string>{"odoo", "plane"}));
    EXPECT_EQ(get_sealed(database(), other_, "odoo").error().code, Errc::kNotFound);
    ASSERT_TRUE(remove_sealed(database(), mine_, "plane").ok());
    EXPECT_EQ(remove_sealed(database(), mine_, "plane").error().code, Errc::kNotFound);
    EXPECT_EQ(get_sealed(database(), other_, "plane").value(), "v1:theirs");
    EXPECT_EQ(put_sealed(database(), mine_, "no such spelling", "v1:x").error().code, Errc::kInvalid);
}

TEST_F(SecretStoreTest, AReferenceLeadsToTheValue) {
    const std::string path =
        std::filesystem::temp_directory_path() / ("syncline-secret-store-" + std::to_string(getpid()) + ".key");
    const vault::SealingKey key = vault::SealingKey::open(path, true).value();
    std::filesystem::remove(path);
    ASSERT_TRUE(put_sealed(database(), mine_, "plane", key.seal("plane", vault::Secret("s3cret")).value()).ok());
    const auto ref = vault::parse_secret_ref("vault:plane").value();
    EXPECT_EQ(vault::resolve(ref, &key, sealed_reader(database(), mine_)).value().reveal(), "s3cret");
    const auto absent =
        vault::resolve(vault::parse_secret_ref("vault:odoo").value(), &key, sealed_reader(database(), mine_));
    EXPECT_EQ(absent.error().code, Errc::kKeyMissing);
}

}  // namespace
}  // namespace syncline::access
