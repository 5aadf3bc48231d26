#include "vault/secret.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <type_traits>
#include <utility>

#include "vault/seal.hpp"

namespace syncline::vault {
namespace {

static_assert(!std::is_convertible_v<std::string, Secret>, "a text becomes a secret only when somebody says so");
static_assert(!std::is_convertible_v<Secret, std::string>, "and never back by itself");

TEST(Secret, WipesWhatItHeld) {
    // Short enough to live inside the object, so that its memory can still be looked at afterwards.
    alignas(Secret) unsigned char place[sizeof(Secret)];
    auto* secret = new (place) Secret("hunter2-0123");
    ASSERT_NE(std::string_view(reinterpret_cast<char*>(place), sizeof place).find("hunter2"), std::string_view::npos);
    const Secret moved = std::move(*secret);
    secret->~Secret();
    const std::string_view left(reinterpret_cast<char*>(place), sizeof place);
    EXPECT_EQ(left.find("unter"), std::string_view::npos);
    EXPECT_EQ(moved.reveal(), "hunter2-0123");
}

TEST(Secret, CopiesMovesAndCompares) {
    Secret a("a long secret that does not fit into the object itself");
    Secret b("x");
    b = a;
    EXPECT_TRUE(b.equals(a.reveal()));
    b = *&b;
    EXPECT_TRUE(b.equals(a.reveal()));
    Secret c;
    c = std::move(b);
    EXPECT_TRUE(c.equals(a.reveal()));
    EXPECT_FALSE(c.equals("a long secret"));
    EXPECT_TRUE(Secret().empty());
}

struct RefCase {
    const char* text;
    bool good;
};
TEST(SecretRef, ReadsItsThreeSpellingsAndNothingElse) {
    for (const RefCase& c : {RefCase{"env:PLANE_API_KEY", true},
                             {"file:/run/secrets/odoo", true},
                             {"vault:plane/acme.key-1", true},
                             {"env:", false},
                             {"env:1X", false},
                             {"env:A B", false},
                             {"file:relative", false},
                             {"file:/", false},
                             {"vault:", false},
                             {"vault:a b", false},
                             {"plane_api_0123456789abcdef", false},
                             {"", false},
                             {"ENV:X", false},
                             {"https://x", false}}) {
        const Result<SecretRef> ref = parse_secret_ref(c.text);
        EXPECT_EQ(ref.ok(), c.good) << c.text;
        EXPECT_TRUE(!ref || ref->text() == c.text);
        if (!ref && std::strlen(c.text) > 8) {
            EXPECT_EQ((ref.error().message + ref.error().hint).find(c.text), std::string::npos)
                << "a pasted secret must not come back in the error";
        }
    }
}

class ResolveTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("syncline-secret-test-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string file(std::string_view text) {
        const std::string path = folder_ / "secret";
        std::ofstream(path) << text;
        return "file:" + path;
    }
    static Result<Secret> read(std::string_view ref) { return resolve(parse_secret_ref(ref).value()); }
    static void expect_missing(std::string_view ref, const Result<Secret>& got) {
        ASSERT_FALSE(got.ok()) << ref;
        EXPECT_EQ(got.error().code, Errc::kKeyMissing) << ref;
        EXPECT_EQ(got.error().detail("reference"), ref);
    }
    std::filesystem::path folder_;
};

TEST_F(ResolveTest, ReadsTheEnvironment) {
    setenv("SYNCLINE_TEST_SECRET", "s3cret", 1);
    EXPECT_EQ(read("env:SYNCLINE_TEST_SECRET").value().reveal(), "s3cret");
    setenv("SYNCLINE_TEST_SECRET", "", 1);
    expect_missing("env:SYNCLINE_TEST_SECRET", read("env:SYNCLINE_TEST_SECRET"));
    unsetenv("SYNCLINE_TEST_SECRET");
    expect_missing("env:SYNCLINE_TEST_SECRET", read("env:SYNCLINE_TEST_SECRET"));
}

TEST_F(ResolveTest, ReadsTheFirstLineOfAFile) {
    EXPECT_EQ(read(file("one")).value().reveal(), "one");
    EXPECT_EQ(read(file("one\r\ntwo\n")).value().reveal(), "one");
    EXPECT_EQ(read(file(" spaces count ")).value().reveal(), " spaces count ");
    EXPECT_EQ(read(file(std::string(64 * 1024, 'x'))).value().reveal().size(), 64u * 1024);
    const std::string ref = file(std::string(64 * 1024 + 1, 'x'));
    expect_missing(ref, read(ref));
    expect_missing(file("\nlater"), read(ref));
    const std::string absent = "file:" + (folder_ / "absent").string();
    expect_missing(absent, read(absent));
    const std::string directory = "file:" + folder_.string();
    expect_missing(directory, read(directory));
}

TEST_F(ResolveTest, ReadsSealedValues) {
    const SealingKey key = SealingKey::open(folder_ / "key", true).value();
    const std::string sealed = key.seal("odoo", Secret("pw")).value();
    const SecretRef ref = parse_secret_ref("vault:odoo").value();
    const auto reader = [&](std::string_view name) -> Result<std::string> {
        if (name == "odoo") return sealed;
        return make_error(Errc::kNotFound, "none");
    };
    EXPECT_EQ(resolve(ref, &key, reader).value().reveal(), "pw");
    expect_missing("vault:odoo", resolve(ref));
    expect_missing("vault:odoo", resolve(ref, nullptr, reader));
    expect_missing("vault:other", resolve(parse_secret_ref("vault:other").value(), &key, reader));
    const auto down = [](std::string_view) -> Result<std::string> { return make_error(Errc::kUnreachable, "down"); };
    EXPECT_EQ(resolve(ref, &key, down).error().code, Errc::kUnreachable) << "down is not missing";
    const SealingKey stranger = SealingKey::open(folder_ / "key2", true).value();
    EXPECT_EQ(resolve(ref, &stranger, reader).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::vault
