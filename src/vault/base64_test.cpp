#include "vault/base64.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace syncline::vault {
namespace {

TEST(Base64, MatchesPublishedVectors) {  // RFC 4648, section 10
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, EveryByteComesBack) {
    SeededRandom random(7);
    for (std::size_t size = 0; size < 300; ++size) {
        std::string bytes(size, '\0');
        for (char& c : bytes) c = static_cast<char>(random.below(256));
        ASSERT_EQ(from_base64(to_base64(bytes)), bytes);
    }
}

TEST(Base64, OneSpellingOnly) {
    for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", " Zg==", "Zg== ", "Zg==\n", "Zm\n9v",
                             "Z===", "====", "Zm9-", "Zm9_", "Zg==Zg=="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
    EXPECT_FALSE(from_base64(std::string_view("Zm9\0", 4)));
}

}  // namespace
}  // namespace syncline::vault
