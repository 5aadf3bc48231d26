#include "vault/seal.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace syncline::vault {
namespace {

class SealTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("syncline-seal-test-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string path(const std::string& name = "seal.key") const { return folder_ / name; }
    void write(const std::string& text, mode_t mode = 0600) {
        std::ofstream(path()) << text;
        ASSERT_EQ(chmod(path().c_str(), mode), 0);
    }
    std::filesystem::path folder_;
};

// A shorter text may stand in what is sealed by chance.
constexpr std::size_t kTellingBytes = 8;

TEST_F(SealTest, WhatIsSealedOpensAndOnlyUnderItsNameAndKey) {
    const SealingKey key = SealingKey::open(path(), true).value();
    for (const std::string& plain :
         {std::string(), std::string("pw"), std::string("\0\n\xff", 3), std::string(65536, 'x')}) {
        const std::string sealed = key.seal("odoo", Secret(plain)).value();
        EXPECT_TRUE(sealed.starts_with("v1:"));
        EXPECT_TRUE(plain.size() < kTellingBytes || sealed.find(plain) == std::string::npos);
        const Result<Secret> opened = key.unseal("odoo", sealed);
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        EXPECT_EQ(opened->reveal(), plain);
        EXPECT_EQ(key.unseal("plane", sealed).error().code, Errc::kInvalid) << "moved to another name";
        const SealingKey stranger = SealingKey::open(path("other"), true).value();
        EXPECT_FALSE(stranger.unseal("odoo", sealed).ok());
    }
    EXPECT_EQ(key.seal("odoo", Secret(std::string(65537, 'x'))).error().code, Errc::kInvalid);
}

TEST_F(SealTest, EveryChangedCharacterIsNoticed) {
    const SealingKey key = SealingKey::open(path(), true).value();
    const std::string sealed = key.seal("odoo", Secret("a secret of some length")).value();
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(key.unseal("odoo", changed).ok()) << i;
        EXPECT_FALSE(key.unseal("odoo", sealed.substr(0, i)).ok()) << i;
    }
    EXPECT_FALSE(key.unseal("odoo", sealed + "AAAA").ok());
    EXPECT_EQ(key.unseal("odoo", "v2:AAAA").error().code, Errc::kUnsupported);
    EXPECT_FALSE(key.unseal("odoo", "v1:" + std::string(200000, 'A')).ok());
}

TEST_F(SealTest, TheSameSecretNeverLooksTheSame) {
    const SealingKey key = SealingKey::open(path(), true).value();
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(key.seal("odoo", Secret("same")).value());
    EXPECT_EQ(seen.size(), 1000u);
}

TEST_F(SealTest, TheKeyFileIsMadeOnceForItsOwnerOnly) {
    EXPECT_EQ(SealingKey::open(path(), false).error().code, Errc::kKeyMissing);
    const mode_t before = umask(0);
    const SealingKey first = SealingKey::open(path("deep/er/seal.key"), true).value();
    umask(before);
    struct stat facts {};
    ASSERT_EQ(stat(path("deep/er/seal.key").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
    const SealingKey again = SealingKey::open(path("deep/er/seal.key"), true).value();
    EXPECT_EQ(again.unseal("n", first.seal("n", Secret("x")).value()).value().reveal(), "x");
    const auto entries = std::filesystem::directory_iterator(folder_ / "deep/er");
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1) << "nothing is left aside";
}

TEST_F(SealTest, OfSeveralMakersOneWins) {
    std::vector<std::string> sealed(8);
    std::vector<std::thread> threads;
    for (std::string& mine : sealed) {
        threads.emplace_back([&] { mine = SealingKey::open(path(), true).value().seal("n", Secret("x")).value(); });
    }
    for (std::thread& thread : threads) thread.join();
    const SealingKey key = SealingKey::open(path(), false).value();
    for (const std::string& one : sealed) EXPECT_TRUE(key.unseal("n", one).ok());
}

TEST_F(SealTest, ABadKeyFileIsRefusedWithoutBeingShown) {
    const std::string good(64, 'a');
    write(good + "\n");
    EXPECT_TRUE(SealingKey::open(path(), false).ok());
    for (const mode_t mode : {0640u, 0604u, 0666u}) {
        write(good, mode);
        const Error error = SealingKey::open(path(), true).error();
        EXPECT_EQ(error.code, Errc::kInvalid);
        EXPECT_NE(error.hint.find("chmod 600"), std::string::npos);
    }
    for (const std::string& bad :
         {std::string(), std::string(63, 'a'), good + "a", good + "\n\n", std::string(64, 'z')}) {
        write(bad);
        const Error error = SealingKey::open(path(), true).error();
        EXPECT_EQ(error.code, Errc::kInvalid) << bad.size();
        EXPECT_EQ(error.message.find("aaa"), std::string::npos);
    }
    EXPECT_EQ(SealingKey::open(folder_, false).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::vault
