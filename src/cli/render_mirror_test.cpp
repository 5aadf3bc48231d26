#include <gtest/gtest.h>

#include "cli/golden_test.hpp"
#include "cli/parse.hpp"
#include "cli/parse_test.hpp"
#include "cli/render.hpp"

namespace syncline::cli {
namespace {

using namespace actions;

constexpr const char* kPullRun = "0a1b2c3d-1111-4222-8333-444455556666";
const Style kPlain;

MirrorPullView pulled() {
    MirrorPullView pull;
    pull.run = kPullRun;
    pull.entity = "product";
    pull.kind = "full";
    pull.state = "done";
    pull.total = pull.done = 50'000;
    pull.created = 49'990;
    pull.updated = 10;
    pull.calls = 53;
    pull.seconds = 12.5;
    pull.certificate = "certified";
    return pull;
}

TEST(RenderMirror, Pulls) {
    MirrorPullReport report;
    report.pulls = {pulled(), pulled(), pulled(), pulled()};
    report.pulls[1].entity = "partner";
    report.pulls[1].certificate = "refused";
    report.pulls[1].reasons = {"1 records could not be read, Odoo lists them and does not give them: 7"};
    report.pulls[1].errors = 1;
    report.pulls[1].drift = {{"partner", "nickname", "added", "", "char", "taken", kAt}};
    report.pulls[2] = {};
    report.pulls[2].entity = "carrier";
    report.pulls[2].state = "absent";
    report.pulls[2].note = "this Odoo has no delivery.carrier";
    report.pulls[3] = {};
    report.pulls[3].entity = "tax";
    report.pulls[3].state = "failed";
    report.pulls[3].error = "the fields of tax changed";
    report.pulls[3].note = "syncline mirror contract tax evolve";
    expect_golden("mirror_pull", render(report, kPlain));
}

TEST(RenderMirror, Status) {
    MirrorStatus status;
    expect_golden("mirror_status_none", render(status, kPlain));
    status.companies = {"1 My Company"};
    status.calls_today = 61;
    MirrorEntityRow row;
    row.entity = "product";
    row.records = 50'000;
    row.created = 12;
    row.in_sync = 49'988;
    row.certificate = "certified";
    row.certified_as_of = kAt;
    MirrorEntityRow absent;
    absent.entity = "carrier";
    absent.absent = "no delivery.carrier";
    MirrorEntityRow running = row;
    running.entity = "partner";
    running.certificate = "refused";
    running.pull = "running";
    running.pull_done = 3000;
    running.pull_total = 10'000;
    running.contract = "freeze";
    status.entities = {row, absent, running};
    expect_golden("mirror_status", render(status, kPlain));
}

TEST(RenderMirror, Table) {
    MirrorTable table;
    table.data = {{7, "new", {"Desk lamp", "D-1", "", ""}, {}},
                  {12, "in_sync", {"Azure Interior", "", "azure@example.com", ""}, {}},
                  {13, "deleted", {"S00042", "", "", "S00042"}, {}}};
    table.rowCount = 10'000;
    table.more = true;
    expect_golden("mirror_table", render(table, kPlain));
}

TEST(RenderMirror, OneRecord) {
    MirrorRecordView record;
    record.entity = "product";
    record.external_id = 7;
    record.version = 2;
    record.status = "updated";
    record.active = false;
    record.display = {"Desk lamp", "D-1", "", ""};
    record.stamp = "2026-11-21 08:00:00";
    record.hash = "3f2a91c0d1e2";
    record.seen_at = kAt;
    record.raw = {{"id", 7}, {"name", "Desk lamp"}, {"list_price", 12.5}, {"barcode", false}};
    expect_golden("mirror_show", render(record, kPlain));
    MirrorVersionView two{2, false, record.stamp, "3f", kPullRun, "ann", "2", kAt, "", {{"list_price", 10, 12.5}}};
    MirrorVersionView one{1, false, "2026-11-20 08:00:00", "3e", kPullRun, "", "2", kAt, kAt, {}};
    record.versions = {two, one};
    expect_golden("mirror_history", render(record, kPlain));
}

TEST(RenderMirror, PreviewsAndSelections) {
    MirrorPreview preview;
    preview.entity = "partner";
    preview.remote = preview.created = 2;
    preview.note = "This is an initial import: all 2 will be created.";
    preview.samples = {{"new", 9, {"Azure Interior", "", "azure@example.com", ""}, ""}};
    preview.computed_by = "ann";
    preview.computed_at = preview.expires_at = kAt;
    preview.calls = 2;
    expect_golden("mirror_preview", render(preview, kPlain));
    expect_golden("mirror_select",
                  render(MirrorSelection{"product", "inbound", 3, {"new", "updated"}, 12, 1, 4}, kPlain));
}

TEST(RenderMirror, Certificates) {
    MirrorCertificate certificate;
    certificate.entity = "product";
    certificate.certificate = 3;
    certificate.status = "certified";
    certificate.cut = certificate.contents_at = kAt;
    certificate.contents = "stamps";
    certificate.overlap_s = 300;
    certificate.ids = 50'000;
    certificate.archived = 4;
    certificate.ids_digest = "aa01";
    certificate.root = "bb02";
    certificate.left_out = {{"access_token", "a secret"}};
    certificate.scope = {{"model", "product.template"}};
    expect_golden("mirror_certificate", render(certificate, kPlain));
    certificate.status = "refused";
    certificate.contents = "read";
    certificate.reasons = {"3 reads failed without a stated reason"};
    expect_golden("mirror_certificate_refused", render(certificate, kPlain));
    expect_golden("mirror_proof",
                  render(MirrorProof{"product", 7, "3f", "bb02", kAt, 3, {{"left", "11"}, {"right", "22"}}}, kPlain));
}

TEST(RenderMirror, Verifications) {
    MirrorVerifyRow row;
    row.entity = "product";
    row.good = true;
    row.certificate = "certified";
    row.cut = kAt;
    row.root_same = row.ids_same = true;
    row.stored = row.remote = row.contents_total = 50'000;
    row.contents_read = 1000;
    row.chance_of_one = 0.02;
    row.chance_of_percent = 0.99999;
    row.calls = 4;
    MirrorVerified verified;
    verified.good = true;
    verified.entities = {row};
    verified.calls = 4;
    expect_golden("mirror_verify", render(verified, kPlain));
    row.good = row.root_same = false;
    row.tampered = row.content = row.moved = 1;
    row.contents_read = row.contents_total;
    row.findings = {{"tampered", 3, "", "3f", ""},
                    {"content", 7, "list_price", "10", "12.5"},
                    {"moved", 9, "name", "\"a\"", "\"b\""}};
    verified.entities = {row};
    verified.good = false;
    expect_golden("mirror_verify_bad", render(verified, kPlain));
}

TEST(RenderMirror, DriftActivityAndValidation) {
    MirrorDriftList drift;
    expect_golden("mirror_drift_none", render(drift, kPlain));
    drift.drift = {{"partner", "nickname", "added", "", "char", "taken", kAt},
                   {"partner", "ref", "retyped", "char", "integer", "stopped", kAt},
                   {"tax", "hint", "removed", "text", "", "ignored", kAt}};
    expect_golden("mirror_drift", render(drift, kPlain));
    MirrorActivityRow row;
    row.entity = "product";
    row.kind = "delta";
    row.state = "failed";
    row.by = "ann";
    row.started_at = row.ended_at = kAt;
    row.seconds = 2;
    row.total = row.done = 12;
    row.updated = 12;
    row.errors = 2;
    row.error = "Odoo does not answer";
    expect_golden("mirror_activity", render(MirrorActivity{{row}, 7}, kPlain));
    MirrorValidation validation;
    validation.run = kPullRun;
    validation.passed = validation.failed = validation.skipped = 1;
    validation.checks = {
        {"products", "as many product as in Odoo", "pass", "10 in Odoo", "10 here", ""},
        {"orders", "total is net and tax", "fail", "within the currency's rounding", "1 wrong of 9", "sale_order 4"},
        {"inventory", "stock is of variants that are here", "skipped", "", "", "stock was not pulled"}};
    expect_golden("mirror_validate", render(validation, kPlain));
}

TEST(ParseMirror, KnowsItsVerbs) {
    Command command = parsed({"mirror", "pull", "product", "partner", "--full"});
    EXPECT_EQ(command.verb, Verb::kMirror);
    EXPECT_EQ(command.mirror.verb, MirrorVerb::kPull);
    EXPECT_EQ(command.mirror.entities, (std::vector<std::string>{"product", "partner"}));
    EXPECT_TRUE(command.full);
    command = parsed({"mirror", "select", "product", "7", "9", "--ignore"});
    EXPECT_EQ(command.mirror.ids, (std::vector<std::int64_t>{7, 9}));
    EXPECT_TRUE(command.mirror.ignore);
    EXPECT_FALSE(command.mirror.rule_given);
    command = parsed({"mirror", "select", "product", "--rule", "new,updated"});
    EXPECT_TRUE(command.mirror.rule_given);
    command = parsed({"mirror", "pause", "product"});
    EXPECT_EQ(command.mirror.verb, MirrorVerb::kPause);
    EXPECT_EQ(command.subject, "product");
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"mirror"})));
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"mirror", "pull", "product", "--all"})));
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"mirror", "select", "product", "7", "--ignore", "--include"})));
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"mirror", "table", "product", "--page-size", "201"})));
}

}  // namespace
}  // namespace syncline::cli
