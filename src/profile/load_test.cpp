#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "profile/profile.hpp"

namespace syncline::profile {
namespace {

std::string delivery_toml() {
    std::ifstream file(SYNCLINE_SOURCE_DIR "/profiles/delivery.toml");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(Load, TheDeliveryProfileIsWhatItSays) {
    const Result<Profile> loaded = load(delivery_toml(), "delivery.toml");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    const Profile& profile = *loaded;
    ASSERT_EQ(profile.entities.size(), 3U);
    const EntityMap& task = *profile.entity("task");
    EXPECT_EQ(task.field("state")->policy.owner, merge::Owner::kPlane);
    EXPECT_EQ(task.field("state")->policy.force->value, record::Value("done"));
    EXPECT_EQ(task.field("labels")->policy.set, merge::SetRule::kAdditive);
    EXPECT_EQ(task.field("labels")->flags.at(1).color, "#3b82f6");
    EXPECT_EQ(task.field("blocked_by")->policy.set, merge::SetRule::kExact);
    EXPECT_TRUE(profile.entity("project")->field("identifier")->policy.create_only);
    EXPECT_EQ(profile.entity("project")->plane_defaults.at("cycle_view"), json::Value(true));
    EXPECT_EQ(task.policy.conflict_window, std::chrono::seconds(5));
    EXPECT_EQ(profile.reviews.at(0).state, "group:completed");
    EXPECT_FALSE(task.create_in_odoo);
    EXPECT_EQ(task.field("nothing"), nullptr);
}

TEST(Lint, TellsWhatTheDeliveryProfileLoses) {
    const Result<Profile> loaded = load(delivery_toml(), "delivery.toml");
    ASSERT_TRUE(loaded.ok());
    std::vector<std::string> lines;
    for (const Finding& finding : lint(*loaded)) {
        EXPECT_EQ(finding.level, Finding::Level::kNote) << finding.text;
        lines.push_back(finding.entity + "." + finding.field + ": " + finding.text.substr(0, 44));
    }
    EXPECT_EQ(join(lines, "\n"),
              "project.name: Plane shows at most 255 characters; a longer\n"
              "milestone.name: Plane shows at most 255 characters; a longer\n"
              "task.name: Plane shows at most 255 characters; a longer\n"
              "task.shipped: is read from Odoo and has no counterpart in \n"
              "task.priority: Plane's `none` comes back from Odoo as `low`\n"
              ".state: the stages New, Backlog, Ideas, Idea, Inbox,\n"
              ".state: the stages To Do, Todo, To-Do, Planned, Read\n"
              ".state: the stages In Progress, Doing, Development, \n"
              ".state: the stages In Review, Review, Testing, Test,\n"
              ".state: the stages Done, Completed, Complete, Closed\n"
              ".state: the stages Cancelled, Canceled, Rejected, Dr\n"
              ".state: group started has 2 states: in a project tha");
}

// A small valid profile; each case changes one piece of it.
std::string small() {
    return R"(name = "small"
[[choice.priority]]
value = "all"
odoo = ["0", "1", "2", "3"]
plane = ["none", "low", "medium", "high", "urgent"]
[[entity]]
name = "task"
odoo_model = "project.task"
plane_kind = "work_item"
container = "project_id"
[[entity.field]]
name = "priority"
owner = "odoo"
odoo = "priority"
plane = "priority"
transform = "choice"
table = "priority"
[[entity.field]]
name = "parent"
owner = "odoo"
odoo = "parent_id"
plane = "parent"
transform = "ref"
entity = "task"
)";
}

TEST(Load, MistakesAreToldWithTheirPlace) {
    struct Case {
        const char* from;
        const char* to;
        const char* message;  // what the error begins with
    };
    const Case cases[] = {
        {"owner = \"odoo\"\nodoo = \"priority\"", "owner = \"nobody\"\nodoo = \"priority\"",
         "p.toml:13:1: owner 'nobody' is unknown"},
        {"transform = \"choice\"", "transform = \"magic\"", "p.toml:16:1: transform 'magic' is unknown"},
        {"container = ", "contaner = ", "p.toml:10:1: unknown key 'contaner'"},
        {"\"urgent\"]", "\"asap\"]", "p.toml:2:"},
        {"[\"0\", \"1\", \"2\", \"3\"]", "[\"0\", \"1\", \"2\"]", "p.toml:2:"},
        {"entity = \"task\"", "entity = \"epic\"", "p.toml:24:1: there is no entity 'epic'"},
        {"plane = \"parent\"", "plane = \"priority\"", "p.toml:22:1: 'priority' is owned twice"},
        {"name = \"parent\"", "name = \"priority\"", "p.toml:19:1: field 'priority' is there twice"},
        {"table = \"priority\"", "table = \"severity\"", "p.toml:17:1: there is no [[choice.severity]]"},
        {"name = \"small\"", "name = 7", "p.toml:1:1: name is text"},
        {"odoo_model = \"project.task\"\n", "", "p.toml:6:"},
        {"name = \"parent\"", "name = \"Parent!\"", "p.toml:19:1: name 'Parent!' has characters"},
        {"transform = \"ref\"\n", "transform = \"ref\"\nset = \"exact\"\n", "p.toml:24:1: set is only for"},
        {"name = \"small\"", "name = \"small\"\ntime_zone = \"Mars/Olympus\"",
         "p.toml:2:1: time_zone 'Mars/Olympus' is unknown"},
        {"name = \"small\"", "name = \"small", "p.toml:1:"},
        {"[[choice.priority]]", "[[state]]\nkey = \"a\"\ngroup = \"began\"\nplane = \"A\"\n[[choice.priority]]",
         "p.toml:4:1: group 'began' is unknown"},
        {"[[choice.priority]]", "[[state]]\nkey = \"a\"\ngroup = \"started\"\nplane = \"A\"\n[[choice.priority]]",
         "p.toml:2:"},
        {"[[choice.priority]]",
         "[[review]]\nentity = \"task\"\nstate = \"group:x\"\nkind = \"ship\"\n[[choice.priority]]",
         "p.toml:4:1: there is no such state"},
    };
    ASSERT_TRUE(load(small(), "p.toml").ok()) << load(small(), "p.toml").error().message;
    for (const Case& c : cases) {
        std::string text = small();
        const std::size_t at = text.find(c.from);
        ASSERT_NE(at, std::string::npos) << c.from;
        text.replace(at, std::string_view(c.from).size(), c.to);
        const Result<Profile> loaded = load(text, "p.toml");
        ASSERT_FALSE(loaded.ok()) << c.to;
        EXPECT_EQ(loaded.error().code, Errc::kInvalid);
        EXPECT_TRUE(loaded.error().message.starts_with(c.message))
            << loaded.error().message << "\nwanted " << c.message;
    }
}

TEST(Load, ARecordCannotReferToWhatIsMadeLater) {
    const std::string later = R"([[entity]]
name = "milestone"
odoo_model = "project.milestone"
plane_kind = "cycle"
container = "project_id"
)";
    std::string text = small() + later;
    text.replace(text.find("entity = \"task\""), 15, "entity = \"milestone\"");
    const Result<Profile> loaded = load(text, "p.toml");
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().message, "p.toml:24:1: entity 'milestone' comes later: it must be made before 'task'");
}

}  // namespace
}  // namespace syncline::profile
