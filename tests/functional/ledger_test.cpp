// The ledger can be taken along and proved anywhere.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class Ledger : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        world = new World();
        ASSERT_EQ(world->syncline({"sync"}).exit_code, 0);
        file = world->folder.path() + "/ledger.jsonl";
        exported = world->syncline({"ledger", "export", "--out", file, "--json"});
    }
    static void TearDownTestSuite() {
        delete world;
        world = nullptr;
    }
    // Without any home or store.
    static Ran verify(const std::string& path, Arguments more = {}) {
        more.insert(more.begin(), {"verify-ledger", "--json", "--home", "/nowhere/at/all", "--file", path});
        return run(more);
    }
    static World* world;
    static std::string file;
    static Ran exported;
};
World* Ledger::world = nullptr;
std::string Ledger::file;
Ran Ledger::exported;

TEST_F(Ledger, IsWholeAfterASync) {
    const Ran ran = world->syncline({"verify-ledger", "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    EXPECT_TRUE(json::bool_or(ran.json(), "good"));
    EXPECT_GE(json::integer_or(ran.json(), "entries"), 16);
    const std::string head(json::text_or(ran.json(), "head"));
    EXPECT_EQ(world->syncline({"verify-ledger", "--head", head}).exit_code, 0);
    EXPECT_EQ(world->syncline({"verify-ledger", "--head", "nonsense"}).exit_code, 2);
    std::string other = head;
    other.back() = other.back() == '0' ? '1' : '0';
    const Ran against = world->syncline({"verify-ledger", "--head", other});
    EXPECT_EQ(against.exit_code, 1) << "not the head that was noted";
    EXPECT_NE(against.out.find("broken"), std::string::npos) << against.out;
}

TEST_F(Ledger, AnExportIsProvedWithoutTheStore) {
    ASSERT_EQ(exported.exit_code, 0) << exported.error;
    struct stat facts {};
    ASSERT_EQ(stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << "it holds what people typed";
    EXPECT_FALSE(std::filesystem::exists(file + ".part"));
    const Ran ran = verify(file);
    EXPECT_EQ(ran.exit_code, 0) << ran.error;
    EXPECT_EQ(json::text_or(ran.json(), "head"), json::text_or(exported.json(), "head"));
    EXPECT_EQ(json::integer_or(ran.json(), "entries"), json::integer_or(exported.json(), "rows"));
    EXPECT_EQ(verify(file, {"--head", std::string(json::text_or(exported.json(), "head"))}).exit_code, 0);
    EXPECT_EQ(world->syncline({"ledger", "export"}).out, text_of(file)) << "the same to standard output";
}

TEST_F(Ledger, ATouchedExportNamesTheFirstBadEntry) {
    std::istringstream lines(text_of(file));
    std::string touched;
    std::string line;
    for (int number = 0; std::getline(lines, line); ++number) {
        const std::size_t word = line.find("created");
        if (number == 5 && word != std::string::npos) line.replace(word, 7, "removed");
        touched += line + "\n";
    }
    ASSERT_NE(touched, text_of(file));
    const Ran ran = verify(world->folder.file("touched.jsonl", touched));
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_FALSE(json::bool_or(ran.json(), "good", true));
    EXPECT_EQ(json::integer_or(ran.json(), "first_bad"), 5);
    EXPECT_FALSE(json::text_or(ran.json(), "what").empty());
    const std::string text = text_of(file);
    const Ran shortened =
        verify(world->folder.file("short.jsonl", text.substr(0, text.rfind('\n', text.size() - 2) + 1)));
    EXPECT_EQ(shortened.exit_code, 1) << "the last entry is missing";
}

TEST_F(Ledger, WhatIsNoExportIsRefused) {
    EXPECT_EQ(verify(world->folder.path() + "/nothing").exit_code, 7);
    EXPECT_EQ(verify(world->folder.file("other.txt", "not an export\n")).exit_code, 2);
    EXPECT_EQ(world->syncline({"ledger", "export", "--out", "/nowhere/at/all"}).exit_code, 2);
}

}  // namespace
}  // namespace syncline::testing
