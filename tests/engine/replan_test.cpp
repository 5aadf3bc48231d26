// A tag or a person changes: only the links that name it are planned again, and everything comes into step.
#include <set>

#include "sync/observe_odoo.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using Keys = std::set<std::string>;

class Replan : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        RigOptions options;
        options.company = {2, 3, 40};
        rig_ = std::make_unique<Rig>(dsn(), options);
        (void)rig_->sync();
        for (int i = 0; i < 3; ++i) {
            rig_->pass(std::chrono::minutes(6));
            (void)rig_->sync(sync::Look::kFull);
        }
        rig_->pass(std::chrono::minutes(3));
    }

    Keys links(const std::string& where) {
        const pg::Rows rows = rig_->query("select link from sync.links where " + where);
        Keys keys;
        for (std::size_t i = 0; i < rows.size(); ++i) keys.emplace(rows.text(i, "link"));
        return keys;
    }
    // What asks for a plan after Odoo was looked at, and nothing else done.
    Keys asking() {
        EXPECT_EQ(links("replan"), Keys{});
        sync::Context context = rig_->context();
        const Result<sync::KnownFields> known = sync::known_fields(context);
        EXPECT_TRUE(known.ok());
        EXPECT_TRUE(known && sync::observe_odoo(context, *known).ok());
        return links("replan");
    }
    Keys tasks_naming(const std::string& field, std::int64_t id) {
        Keys keys;
        for (const std::int64_t task : rig_->tasks()) {
            const json::Object record = rig_->odoo.read("project.task", task);
            for (const json::Value& named : record.at(field).as_array()) {
                if (named == id) keys.insert("task/odoo/" + std::to_string(task));
            }
        }
        return keys;
    }
    void expect_rest() {
        (void)rig_->sync(sync::Look::kFull);
        rig_->pass(std::chrono::minutes(3));
        EXPECT_EQ(rig_->sync(sync::Look::kFull).applied.writes(), 0);
        expect_in_step(*rig_);
    }

    std::unique_ptr<Rig> rig_;
};

TEST_F(Replan, ATagsNewNameIsForThoseThatWearIt) {
    std::int64_t tag = 0;
    Keys wearers;
    for (const std::int64_t one : rig_->odoo.ids("project.tags")) {
        wearers = tasks_naming("tag_ids", one);
        tag = one;
        if (!wearers.empty()) break;
    }
    ASSERT_FALSE(wearers.empty());
    rig_->odoo.write("project.tags", {tag}, {{"name", "Another name"}});
    Keys expected = links("parked <> '[]'");
    expected.insert(wearers.begin(), wearers.end());
    EXPECT_EQ(asking(), expected);
    EXPECT_LT(expected.size(), links("true").size());
    expect_rest();
}

TEST_F(Replan, APersonsNewAddressIsForThoseThatNameHim) {
    const pg::Rows rows = rig_->query("select odoo_id from sync.people where plane_id is not null order by odoo_id");
    std::int64_t user = 0;
    Keys named;
    for (std::size_t i = 0; i < rows.size() && named.empty(); ++i) {
        user = rows.integer(i, "odoo_id");
        named = tasks_naming("user_ids", user);
    }
    ASSERT_FALSE(named.empty());
    rig_->odoo.write("res.users", {user},
                     {{"email", "nobody@elsewhere.example"}, {"login", "nobody@elsewhere.example"}});
    const Keys asked = asking();
    for (const std::string& key : named) EXPECT_TRUE(asked.contains(key)) << key;
    for (const std::string& key : asked) {
        EXPECT_TRUE(named.contains(key) || key.starts_with("project/")) << key << " does not name him";
    }
    EXPECT_LT(asked.size(), links("true").size());
    rig_->odoo.write("res.users", {user}, {{"name", "Only his name"}});
    (void)rig_->sync(sync::Look::kFull);
    rig_->pass(std::chrono::minutes(3));
    EXPECT_EQ(rig_->sync(sync::Look::kFull).applied.writes(), 0);
}

}  // namespace
}  // namespace syncline::testing
