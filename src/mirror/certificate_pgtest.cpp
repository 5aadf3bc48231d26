#include "base/text.hpp"
#include "mirror/certificate.hpp"
#include "mirror/testing/rows.hpp"
#include "mirror/verify.hpp"

namespace syncline::mirror {
namespace {

class Certificates : public testing::MirrorTest {
protected:
    // A pull that proved everything about `ids` products.
    PullReport good(std::int64_t ids) const {
        PullReport report;
        report.row.run = std::string(testing::kRun);
        report.row.entity = "product";
        report.row.state = PullState::kDone;
        report.closing.closed = true;
        report.closing.cut = clock_.now();
        report.closing.contents_read = true;
        report.closing.ids = ids;
        report.closing.left_out = {{"access_token", "a secret"}};
        return report;
    }
    Certificate certified(const PullReport& report) { return get(certify(database(), source_, report, clock_)); }
    Verified offline() { return get(verify_offline(database(), source_, "product", clock_)); }

    VirtualClock clock_{parse_time("2026-11-22T08:00:00Z").value()};
};

TEST_F(Certificates, HoldTheIdsTheRootAndTheReasons) {
    put({{.id = 2, .name = "b", .active = false}, {.id = 1, .name = "a"}, {.id = 3, .version = 2, .gone = true}});
    const Certificate made = certified(good(2));
    EXPECT_TRUE(made.certified) << (made.reasons.empty() ? "" : made.reasons.front());
    EXPECT_EQ(made.ids, 2);
    EXPECT_EQ(made.archived, 1);
    EXPECT_EQ(made.ids_digest, vault::sha256_hex("1\n2\n"));
    MerkleTree tree;
    tree.add(1, vault::sha256(testing::data_text({.id = 1, .name = "a"})));
    tree.add(2, vault::sha256(testing::data_text({.id = 2, .name = "b", .active = false})));
    EXPECT_EQ(made.root, to_hex(tree.root()));
    const Certificate kept = get(
        database().transact(org(), [&](pg::Transaction& tx) { return newest_certificate(tx, source_, "product"); }));
    EXPECT_EQ(kept.root, made.root);
    EXPECT_EQ(kept.number, made.number);
    EXPECT_EQ(kept.cut, made.cut);
    ASSERT_EQ(kept.left_out.size(), 1u);
    EXPECT_EQ(kept.left_out[0].reason, "a secret");
    EXPECT_EQ(run("select kind from ops.run_events where run = $1", {testing::kRun}).text(0, "kind"),
              "mirror.certified");
}

TEST_F(Certificates, AreRefusedForWhateverIsNotProven) {
    put({{.id = 1}});
    const auto refused = [&](auto spoil) {
        PullReport report = good(1);
        spoil(report);
        const Certificate made = certified(report);
        EXPECT_FALSE(made.certified);
        return made.reasons.size() == 1 ? made.reasons.front() : std::to_string(made.reasons.size()) + " reasons";
    };
    EXPECT_EQ(refused([](PullReport& r) { r.closing.closed = false, r.closing.why_open = "3 records are newer"; }),
              "the last sweep left a difference: 3 records are newer");
    EXPECT_EQ(refused([](PullReport& r) { r.closing.unreadable = {7}; }),
              "1 records could not be read, Odoo lists them and does not give them: 7");
    EXPECT_EQ(refused([](PullReport& r) { r.closing.ids = 2; }), "Odoo listed 2 records and the mirror holds 1");
    EXPECT_EQ(refused([](PullReport& r) {
                  r.errors = 1, r.row.errors = {{0, "needed_terms", "failed"}};
              }),
              "1 reads failed without a stated reason");
    EXPECT_EQ(refused([](PullReport& r) { r.errors = 3; }), "3 reads failed without a stated reason");
    EXPECT_EQ(refused([](PullReport& r) {
                  r.closing.left_out = {{"x", ""}};
              }),
              "the field x was left out without a reason");
    EXPECT_EQ(refused([](PullReport& r) { r.closing.contents_read = false; }),
              "contents were never read whole: `mirror pull --full` does that");
    EXPECT_EQ(refused([](PullReport& r) { r.row.state = PullState::kPaused; }), "the pull did not end: it is paused");
    PullReport said = good(1);
    said.errors = 1, said.row.errors = {{0, "needed_terms", "failed"}};
    said.closing.left_out = {{"needed_terms", "Odoo fails to read it"}};
    EXPECT_TRUE(certified(said).certified);
    EXPECT_EQ(offline().good(), true);
}

TEST_F(Certificates, ShowARowThatSomebodyTamperedWith) {
    put({{.id = 1, .name = "a"}, {.id = 2, .name = "b"}, {.id = 3, .name = "c"}});
    certified(good(3));
    EXPECT_TRUE(offline().good());
    // The data alone; data and hash; a row removed; a row put in.
    run("update odoo.records set sync_data = replace(sync_data::text, '\"b\"', '\"x\"')::json where external_id = 2");
    Verified found = offline();
    EXPECT_FALSE(found.good());
    ASSERT_EQ(found.findings.size(), 1u);
    EXPECT_EQ(found.findings[0].what, "tampered");
    EXPECT_EQ(found.findings[0].id, 2);
    EXPECT_TRUE(found.root_same) << "the hashes themselves were not touched";
    run("update odoo.records set hash = sha256(convert_to(sync_data::text, 'UTF8')) where external_id = 2");
    found = offline();
    EXPECT_EQ(found.tampered, 0);
    EXPECT_FALSE(found.root_same);
    EXPECT_TRUE(found.ids_same);
    EXPECT_FALSE(found.good());
    run("delete from odoo.records where external_id = 2");
    EXPECT_FALSE(offline().ids_same);
}

TEST_F(Certificates, StandThoughRecordsChangeLaterByTheirVersions) {
    put({{.id = 1, .name = "a"}, {.id = 2, .name = "old"}, {.id = 3, .name = "c"}});
    certified(good(3));
    run("delete from odoo.records where external_id = 2");
    put_version({.id = 2, .name = "old"}, "2026-11-23T08:00:00Z");
    put({{.id = 2, .name = "new", .version = 2, .seen_at = "2026-11-23T08:00:00Z"},
         {.id = 4, .name = "later", .seen_at = "2026-11-23T08:00:00Z"}});
    EXPECT_TRUE(offline().good());
    const Proven proven = get(prove(database(), source_, "product", 2));
    EXPECT_EQ(to_hex(root_of(2, vault::sha256(testing::data_text({.id = 2, .name = "old"})), proven.proof)),
              proven.certificate.root);
    EXPECT_EQ(prove(database(), source_, "product", 4).error().code, Errc::kNotFound);
    run("delete from odoo.versions where external_id = 2");
    EXPECT_EQ(prove(database(), source_, "product", 1).error().code, Errc::kMoved);
}

TEST_F(Certificates, AreOfOneOrgOnly) {
    add_org();
    put({{.id = 1}}, pg::testing::kOtherOrg);
    put({{.id = 2}});
    EXPECT_EQ(certified(good(1)).ids_digest, vault::sha256_hex("2\n"));
}

TEST(Chance, OfASampleIsThatOfDrawingWithoutPuttingBack) {
    EXPECT_NEAR(chance(50'000, 1000, 1), 0.02, 1e-12);
    EXPECT_DOUBLE_EQ(chance(10, 10, 1), 1);
    EXPECT_DOUBLE_EQ(chance(4, 2, 2), 1 - (2.0 / 4) * (1.0 / 3));
    EXPECT_EQ(chance(10, 0, 1), 0);
    EXPECT_GT(chance(50'000, 1000, 500), 0.9999);
}

}  // namespace
}  // namespace syncline::mirror
