// What people see, compared with cli/golden/*.txt. SYNCLINE_GOLDEN=write makes the files anew: read the difference
// before you commit it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace syncline::cli {

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
