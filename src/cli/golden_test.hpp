// What people see, compared with cli/golden/*.txt. SYNCLINE_GOLDEN=write makes the files anew: read the difference
// before you commit it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace syncline::cli {

// What the pictures are of.
inline constexpr const char* kAt = "2026-11-21T08:15:30.123456Z";
inline constexpr const char* kRun = "7d4e0c9a-1111-4222-8333-444455556666";
inline constexpr const char* kHash = "3f2a91c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2";

inline void expect_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(SYNCLINE_SOURCE_DIR) + "/src/cli/golden/" + name + ".txt";
    const char* mode = std::getenv("SYNCLINE_GOLDEN");
    if (mode && std::string(mode) == "write") std::ofstream(path) << text;
    std::ifstream file(path);
    ASSERT_TRUE(file.good()) << "there is no " << path;
    std::stringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(text, golden.str()) << path;
}

// The same without colours.
inline std::string plain(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') {
            i = text.find('m', i);
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace syncline::cli
