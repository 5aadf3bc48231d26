#include "base/random.hpp"
#include "ingress/receipts.hpp"
#include "ingress/testing/noon.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "vault/digest.hpp"

namespace syncline::ingress {
namespace {

using pg::testing::kOtherOrg;
using std::chrono::hours;
using std::chrono::seconds;

const Time kReceiptNow = parse_time("2026-11-21T12:00:00.123456Z").value();
using testing::kOrg;

class ReceiptsTest : public pg::testing::PgTest {
protected:
    template <typename Body>
    auto in_org(Body body, const access::OrgId& org = kOrg) {
        auto done = database().transact(org.text(), body);
        EXPECT_TRUE(done.ok()) << done.error().message;
        if constexpr (std::is_void_v<typename decltype(done)::value_type>) {
            return;
        } else {
            return done ? std::move(*done) : typename decltype(done)::value_type();
        }
    }

    static Receipt receipt(std::string_view body, Source source = Source::kPlane, Time at = kReceiptNow,
                           const std::string& endpoint = "main", const net::Headers& headers = {}) {
        static SeededRandom random(5);
        Receipt made;
        made.endpoint = endpoint;
        made.source = source;
        made.body = body;
        made.digest = digest_of(source, headers, body);
        made.correlation = random.uuid();
        made.understood = understand(source, headers, body).value();
        made.headers = {{"Content-Type", "application/json"}, {"X-Quote", R"(a "quoted\" value)"}};
        made.received_at = at;
        return made;
    }
    static std::string issue(const std::string& id, const std::string& more = "") {
        return R"({"event":"issue","action":"updated","data":{"id":")" + id + R"(","project":"p"},"x":")" + more +
               "\"}";
    }
    static std::string batch(const std::string& name, const std::vector<int>& tasks) {
        std::string body = R"({"batch":")" + name + R"(","events":[)";
        for (const int task : tasks) {
            body += (body.back() == '[' ? "" : ",");
            body += R"({"model":"project.task","op":"write","res_id":)" + std::to_string(task) + "}";
        }
        return body + "]}";
    }

    std::vector<Stored> put(const std::vector<Receipt>& receipts, const access::OrgId& org = kOrg) {
        return in_org([&](pg::Transaction& tx) { return store(tx, org, receipts); }, org);
    }
    std::vector<Receipt> took(const std::string& subject, Time now = kReceiptNow, const access::OrgId& org = kOrg) {
        return in_org([&](pg::Transaction& tx) { return take(tx, org, subject, now); }, org);
    }
    void finished(const std::vector<std::int64_t>& ids, std::string_view state, const std::string& reason = "",
                  const std::string& subject = "", Time now = kReceiptNow) {
        in_org([&](pg::Transaction& tx) {
            return finish(tx, kOrg, ids, state, reason, "11111111-1111-4111-8111-111111111111", now, subject);
        });
    }
    std::vector<Receipt> listed(const Filter& filter, const access::OrgId& org = kOrg) {
        return in_org([&](pg::Transaction& tx) { return list(tx, org, filter); }, org);
    }
    std::string state_of(std::int64_t id) {
        Filter filter;
        filter.id = id;
        const auto found = listed(filter);
        return found.size() == 1 ? found[0].state : "none";
    }
    std::vector<std::string> lost(Time before, int most = 100, const access::OrgId& org = kOrg) {
        return in_org([&](pg::Transaction& tx) { return forgotten(tx, org, before, most); }, org);
    }
    std::int64_t cleaned(Time ids_before, Time bodies_before) {
        return in_org([&](pg::Transaction& tx) { return clean_up(tx, kOrg, ids_before, bodies_before); });
    }
};

TEST_F(ReceiptsTest, EveryByteComesBack) {
    std::string body = issue("i", "\\u0000 é");
    body += std::string("\n\0\xff\\\"'", 6);
    Receipt given = receipt(issue("i"));
    given.body = body;
    given.digest = digest_of(Source::kPlane, {}, body);
    given.understood.delivery_id = "d-1";
    const auto stored = put({given});
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_FALSE(stored[0].duplicate);
    EXPECT_EQ(stored[0].correlation, given.correlation);
    const auto all = listed({});
    ASSERT_EQ(all.size(), 1U);
    const Receipt& kept = all[0];
    EXPECT_EQ(kept.id, stored[0].id);
    EXPECT_EQ(kept.endpoint, "main");
    EXPECT_EQ(kept.source, Source::kPlane);
    EXPECT_EQ(kept.digest, vault::sha256_hex(body));
    EXPECT_EQ(kept.correlation, given.correlation);
    EXPECT_EQ(kept.understood.kind, "issue.updated");
    EXPECT_EQ(kept.understood.delivery_id, "d-1");
    EXPECT_EQ(kept.understood.subjects, given.understood.subjects);
    EXPECT_EQ(std::vector(kept.headers.begin(), kept.headers.end()),
              std::vector(given.headers.begin(), given.headers.end()));
    EXPECT_EQ(kept.body, body);
    EXPECT_EQ(kept.received_at, kReceiptNow);
    EXPECT_EQ(kept.state, "received");
    EXPECT_EQ(kept.duplicates, 0);
}

TEST_F(ReceiptsTest, TheSameBytesAreADuplicateOfTheFirst) {
    Receipt first = receipt(issue("i"));
    first.understood.delivery_id = "d-1";
    const Stored original = put({first})[0];
    Receipt again = receipt(issue("i"), Source::kPlane, kReceiptNow + seconds(380));
    again.understood.delivery_id = "d-2";
    const Stored twin = put({again})[0];
    EXPECT_TRUE(twin.duplicate);
    EXPECT_EQ(twin.id, original.id);
    EXPECT_EQ(twin.correlation, first.correlation) << "one story, one correlation";
    EXPECT_FALSE(put({receipt(issue("i"), Source::kPlane, kReceiptNow, "other")})[0].duplicate) << "another endpoint's";
    EXPECT_FALSE(put({receipt(issue("i", "x"))})[0].duplicate);
    Filter filter;
    filter.id = original.id;
    EXPECT_EQ(listed(filter)[0].duplicates, 1);
    EXPECT_EQ(listed(filter)[0].understood.delivery_id, "d-1");
    EXPECT_EQ(run("select delivery_id from ingress.redeliveries where receipt = $1", {original.id}).text(0, 0U), "d-2");
}

TEST_F(ReceiptsTest, EqualOnesOfOneBatchAreDuplicatesOfTheFirst) {
    const auto stored = put({receipt(issue("a")), receipt(issue("b")), receipt(issue("a")), receipt(issue("a"))});
    ASSERT_EQ(stored.size(), 4U);
    EXPECT_FALSE(stored[0].duplicate || stored[1].duplicate);
    EXPECT_TRUE(stored[2].duplicate && stored[3].duplicate);
    EXPECT_LT(stored[0].id, stored[1].id);
    EXPECT_EQ(stored[2].id, stored[0].id);
    EXPECT_EQ(stored[3].correlation, stored[0].correlation);
    Filter filter;
    filter.id = stored[0].id;
    EXPECT_EQ(listed(filter)[0].duplicates, 2);
    EXPECT_EQ(listed({}).size(), 2U);
    EXPECT_EQ(took("plane/item/a").size(), 1U);
}

TEST_F(ReceiptsTest, AnEventKeepsItsIdOverRetries) {
    const auto v2 = [](const std::string& event, const std::string& delivery) {
        return R"({"version":"v2","event":"workitem.updated","event_id":")" + event + R"(","delivery_id":")" +
               delivery + R"(","entity_id":"i","data":{"project_id":"p"}})";
    };
    const Stored first = put({receipt(v2("e1", "d1"))})[0];
    const auto more = put({receipt(v2("e1", "d2")), receipt(v2("e2", "d3")), receipt(v2("e2", "d4"))});
    EXPECT_TRUE(more[0].duplicate);
    EXPECT_EQ(more[0].id, first.id);
    EXPECT_FALSE(more[1].duplicate);
    EXPECT_TRUE(more[2].duplicate);
    EXPECT_EQ(more[2].id, more[1].id);
    EXPECT_FALSE(put({receipt(v2("e1", "d5"), Source::kPlane, kReceiptNow, "other")})[0].duplicate);
}

TEST_F(ReceiptsTest, ABatchOfOdooWithOtherEventsIsNeverTakenForTheSame) {
    EXPECT_FALSE(put({receipt(batch("b", {1}), Source::kOdoo)})[0].duplicate);
    EXPECT_FALSE(put({receipt(batch("b", {1, 2}), Source::kOdoo)})[0].duplicate) << "2 would be lost";
    EXPECT_TRUE(put({receipt(batch("b", {1, 2}), Source::kOdoo)})[0].duplicate);
}

TEST_F(ReceiptsTest, WithStandardWebhooksTheSameWordsMayBeTwoEvents) {
    const std::string body = R"({"type":"run.finished","data":{"id":"r"}})";
    const auto with = [&](const char* id) {
        return receipt(body, Source::kCi, kReceiptNow, "main", {{"webhook-id", id}});
    };
    EXPECT_FALSE(put({with("m1")})[0].duplicate);
    EXPECT_FALSE(put({with("m2")})[0].duplicate);
    EXPECT_TRUE(put({with("m1")})[0].duplicate);
}

TEST_F(ReceiptsTest, GoesItsWay) {
    const auto ids = put({receipt(issue("i", "1")), receipt(issue("i", "2")), receipt(issue("j"))});
    const auto mine = took("plane/item/i", kReceiptNow + seconds(1));
    ASSERT_EQ(mine.size(), 2U);
    EXPECT_EQ(mine[0].id, ids[0].id);
    EXPECT_EQ(mine[1].id, ids[1].id) << "oldest first";
    EXPECT_EQ(mine[0].understood.subjects[0].container, "p");
    EXPECT_EQ(mine[0].body, issue("i", "1"));
    EXPECT_EQ(state_of(ids[0].id), "processing");
    EXPECT_EQ(state_of(ids[2].id), "received");
    finished({ids[0].id}, "processed");
    finished({ids[1].id}, "failed", "Plane is down");
    EXPECT_EQ(state_of(ids[0].id), "processed");
    EXPECT_EQ(state_of(ids[1].id), "failed");
    EXPECT_EQ(took("plane/item/i").size(), 1U) << "what failed is tried again";
    EXPECT_EQ(took("plane/item/i").size(), 1U) << "what a dead worker had taken, too";
    finished({ids[1].id}, "parked", "waits for a person");
    EXPECT_TRUE(took("plane/item/i").empty());
    Filter parked;
    parked.state = "parked";
    ASSERT_EQ(listed(parked).size(), 1U);
    EXPECT_EQ(listed(parked)[0].reason, "waits for a person");
    EXPECT_EQ(listed(parked)[0].run, "11111111-1111-4111-8111-111111111111");
    finished({ids[2].id}, "dead", "x");
    EXPECT_EQ(state_of(ids[2].id), "received") << "only what somebody has taken is ended";
    EXPECT_TRUE(took("plane/item/nobody").empty());
}

TEST_F(ReceiptsTest, EachEntityOfABatchGoesItsOwnWay) {
    const Stored one = put({receipt(batch("b", {1, 2, 3}), Source::kOdoo)})[0];
    const auto first = took("odoo/project.task/1");
    ASSERT_EQ(first.size(), 1U);
    ASSERT_EQ(first[0].understood.subjects.size(), 1U);
    EXPECT_EQ(first[0].understood.subjects[0].text(), "odoo/project.task/1");
    EXPECT_EQ(first[0].understood.subjects[0].kind, "project.task");
    took("odoo/project.task/2");
    finished({one.id}, "processed", "", "odoo/project.task/1");
    EXPECT_EQ(state_of(one.id), "processing") << "2 is at work";
    finished({one.id}, "dead", "poison", "odoo/project.task/2");
    EXPECT_EQ(state_of(one.id), "received") << "3 waits";
    took("odoo/project.task/3");
    finished({one.id, one.id}, "processed");
    EXPECT_EQ(state_of(one.id), "dead");
    Filter filter;
    filter.subject = "odoo/project.task/2";
    EXPECT_EQ(listed(filter)[0].understood.subjects.size(), 3U);
    EXPECT_EQ(listed(filter)[0].reason, "poison");
}

TEST_F(ReceiptsTest, AboutNothingIsProcessedAtOnce) {
    const auto stored = put({receipt(R"({"event":"module","action":"created","data":{"id":"m"}})")});
    EXPECT_EQ(state_of(stored[0].id), "processed");
}

TEST_F(ReceiptsTest, QuarantineIsReadAgainWhenItIsReopened) {
    Receipt strange = receipt(R"({"event":"sticky","action":"created","data":{"id":"s"}})");
    // As a program would have stored it that did not know issues yet.
    Receipt early = receipt(issue("i"));
    early.understood = {};
    early.understood.quarantine = "events of 'issue' are not known";
    const auto stored = put({strange, early});
    EXPECT_EQ(state_of(stored[0].id), "quarantined");
    EXPECT_EQ(state_of(stored[1].id), "quarantined");
    Filter quarantined;
    quarantined.state = "quarantined";
    EXPECT_EQ(listed(quarantined).size(), 2U);
    EXPECT_NE(listed(quarantined)[0].reason, "");
    const auto subjects = in_org([&](pg::Transaction& tx) {
        return reopen(tx, kOrg, {stored[0].id, stored[1].id}, kReceiptNow + hours(1));
    });
    EXPECT_EQ(subjects, std::vector<std::string>{"plane/item/i"});
    EXPECT_EQ(state_of(stored[0].id), "quarantined");
    EXPECT_EQ(state_of(stored[1].id), "received");
    EXPECT_EQ(took("plane/item/i").size(), 1U);
}

TEST_F(ReceiptsTest, ReplayBringsItBack) {
    const auto stored = put({receipt(issue("i")), receipt(batch("b", {1, 2}), Source::kOdoo)});
    took("plane/item/i");
    took("odoo/project.task/1");
    took("odoo/project.task/2");
    finished({stored[0].id, stored[1].id}, "processed");
    const auto subjects = in_org([&](pg::Transaction& tx) {
        return reopen(tx, kOrg, {stored[0].id, stored[1].id}, kReceiptNow + hours(1));
    });
    EXPECT_EQ(subjects, (std::vector<std::string>{"odoo/project.task/1", "odoo/project.task/2", "plane/item/i"}));
    EXPECT_EQ(state_of(stored[0].id), "received");
    EXPECT_EQ(took("plane/item/i").size(), 1U);
    EXPECT_TRUE(in_org([&](pg::Transaction& tx) { return reopen(tx, kOrg, {}, kReceiptNow); }).empty());
}

TEST_F(ReceiptsTest, WhatWaitsTooLongIsFound) {
    put({receipt(issue("a"), Source::kPlane, kReceiptNow)});
    put({receipt(issue("b"), Source::kPlane, kReceiptNow + seconds(10))});
    const auto c = put({receipt(issue("c"), Source::kPlane, kReceiptNow + seconds(20))});
    const auto d = put({receipt(issue("d"), Source::kPlane, kReceiptNow)});
    EXPECT_TRUE(lost(kReceiptNow).empty());
    took("plane/item/d", kReceiptNow);
    finished({d[0].id}, "failed", "x");
    EXPECT_EQ(lost(kReceiptNow + seconds(15)), (std::vector<std::string>{"plane/item/a", "plane/item/b"}))
        << "what failed has its job";
    EXPECT_EQ(lost(kReceiptNow + seconds(15), 1), (std::vector<std::string>{"plane/item/a"}));
    took("plane/item/c", kReceiptNow + seconds(30));
    EXPECT_EQ(lost(kReceiptNow + seconds(25)).size(), 2U);
    EXPECT_EQ(lost(kReceiptNow + seconds(31)).size(), 3U) << "taken, and never ended";
    finished({c[0].id}, "processed");
    EXPECT_EQ(lost(kReceiptNow + hours(1)).size(), 2U);
}

TEST_F(ReceiptsTest, FiltersNarrowTheList) {
    const auto stored = put({receipt(issue("a"), Source::kPlane, kReceiptNow),
                             receipt(issue("b"), Source::kPlane, kReceiptNow + hours(1), "other"),
                             receipt(batch("x", {1}), Source::kOdoo, kReceiptNow + hours(2), "erp")});
    const auto found = [&](auto set) {
        Filter filter;
        set(filter);
        std::string ids;
        for (const Receipt& one : listed(filter)) {
            for (std::size_t i = 0; i < stored.size(); ++i) {
                if (stored[i].id == one.id) ids += char('0' + i);
            }
        }
        return ids;
    };
    EXPECT_EQ(found([](Filter&) {}), "210") << "newest first";
    EXPECT_EQ(found([](Filter& f) { f.rows_max = 2; }), "21");
    EXPECT_EQ(found([](Filter& f) { f.endpoint = "other"; }), "1");
    EXPECT_EQ(found([](Filter& f) { f.subject = "plane/item/a"; }), "0");
    EXPECT_EQ(found([&](Filter& f) { f.id = stored[2].id; }), "2");
    EXPECT_EQ(found([&](Filter& f) { f.before = stored[2].id; }), "10") << "the next page";
    EXPECT_EQ(found([&](Filter& f) { f.correlation = stored[1].correlation; }), "1");
    EXPECT_EQ(found([&](Filter& f) { f.correlation = "'; --"; }), "");
    EXPECT_EQ(found([](Filter& f) { f.from = kReceiptNow + hours(1); }), "21");
    EXPECT_EQ(found([](Filter& f) { f.to = kReceiptNow + hours(1); }), "0");
    EXPECT_EQ(found([](Filter& f) { f.state = "received"; }), "210");
    EXPECT_EQ(found([](Filter& f) { f.state = "processed"; }), "");
    EXPECT_EQ(found([](Filter& f) { f.state = "received", f.endpoint = "erp", f.from = kReceiptNow; }), "2");
}

TEST_F(ReceiptsTest, WhenEachEndpointWasHeardLast) {
    put({receipt(issue("a"), Source::kPlane, kReceiptNow), receipt(issue("b"), Source::kPlane, kReceiptNow + hours(1)),
         receipt(issue("c"), Source::kPlane, kReceiptNow, "other")});
    put({receipt(issue("c"), Source::kPlane, kReceiptNow + hours(3), "other")});  // a duplicate says that it lives, too
    const auto last = in_org([&](pg::Transaction& tx) { return last_received(tx, kOrg); });
    EXPECT_EQ(last, (std::vector<std::pair<std::string, Time>>{{"main", kReceiptNow + hours(1)},
                                                               {"other", kReceiptNow + hours(3)}}));
}

TEST_F(ReceiptsTest, DeliveryIdsAreForgottenAfterSevenDays) {
    Receipt old = receipt(issue("a"), Source::kPlane, kReceiptNow - hours(24 * 8));
    old.understood.delivery_id = "old";
    Receipt young = receipt(issue("b"), Source::kPlane, kReceiptNow - hours(24 * 6));
    young.understood.delivery_id = "young";
    put({old, young});
    Receipt old_again = old, young_again = young;
    old_again.understood.delivery_id = "old again";
    young_again.understood.delivery_id = "young again";
    put({old_again, young_again});
    const Time week_ago = kReceiptNow - hours(24 * 7), month_ago = kReceiptNow - hours(24 * 30);
    EXPECT_EQ(cleaned(week_ago, month_ago), 2);
    EXPECT_EQ(cleaned(week_ago, month_ago), 0) << "once";
    const auto all = listed({});
    ASSERT_EQ(all.size(), 2U) << "receipts stay";
    EXPECT_EQ(all[0].understood.delivery_id, "young");
    EXPECT_EQ(all[1].understood.delivery_id, "");
    const auto left = run("select delivery_id from ingress.redeliveries");
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.text(0, 0U), "young again");
    EXPECT_TRUE(put({old})[0].duplicate) << "its digest is kept";
    EXPECT_EQ(cleaned(kReceiptNow, month_ago), 3) << "time goes on: young, young again, and the duplicate of just now";
}

TEST_F(ReceiptsTest, BodiesOfWhatIsProcessedAreForgottenLater) {
    const Time old = kReceiptNow - hours(24 * 31);
    const auto ids = put({receipt(issue("a"), Source::kPlane, old), receipt(issue("b"), Source::kPlane, old),
                          receipt(issue("c"), Source::kPlane, kReceiptNow), receipt("{}", Source::kPlane, old)});
    took("plane/item/a");
    took("plane/item/c");
    finished({ids[0].id, ids[2].id}, "processed");
    cleaned(kReceiptNow - hours(24 * 7), kReceiptNow - hours(24 * 30));
    const auto all = listed({});
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[3].body, "") << "processed and old";
    EXPECT_EQ(all[3].state, "processed");
    EXPECT_EQ(all[2].body, issue("b")) << "waits";
    EXPECT_EQ(all[1].body, issue("c")) << "young";
    EXPECT_EQ(all[0].body, "{}") << "in quarantine";
    EXPECT_TRUE(put({receipt(issue("a"))})[0].duplicate);
    // There is nothing to verify any more; that its entity should be looked at is known all the same.
    const auto subjects = in_org([&](pg::Transaction& tx) { return reopen(tx, kOrg, {ids[0].id}, kReceiptNow); });
    EXPECT_EQ(subjects, std::vector<std::string>{"plane/item/a"});
    EXPECT_EQ(state_of(ids[0].id), "processed");
}

TEST_F(ReceiptsTest, AnotherOrgSeesNothing) {
    add_org();
    const access::OrgId other = access::OrgId::parse(kOtherOrg).value();
    const auto mine = put({receipt(issue("i"))});
    EXPECT_FALSE(put({receipt(issue("i"))}, other)[0].duplicate) << "not even that it is there";
    EXPECT_EQ(took("plane/item/i", kReceiptNow, other).size(), 1U);
    EXPECT_EQ(listed({}, other).size(), 1U);
    EXPECT_TRUE(lost(kReceiptNow + hours(1), 100, other).size() == 1U);
    // With the ids and the name of the first org, in a transaction of the other: nothing, and nothing changes.
    in_org(
        [&](pg::Transaction& tx) -> Result<void> {
            EXPECT_TRUE(take(tx, kOrg, "plane/item/i", kReceiptNow)->empty());
            EXPECT_TRUE(list(tx, kOrg, {})->empty());
            EXPECT_TRUE(last_received(tx, kOrg)->empty());
            TRY(finish(tx, kOrg, {mine[0].id}, "dead", "", "", kReceiptNow, "plane/item/i"));
            return ok();
        },
        other);
    EXPECT_EQ(state_of(mine[0].id), "received");
    const auto denied = database().transact(
        other.text(), [&](pg::Transaction& tx) { return store(tx, kOrg, {receipt(issue("forged"))}); });
    ASSERT_FALSE(denied.ok());
    EXPECT_EQ(denied.error().detail("sqlstate"), "42501");
}

TEST_F(ReceiptsTest, TakesNoMoreThanItsLimitAtOnce) {
    std::vector<Receipt> many;
    for (int i = 0; i < kTakeMax + 3; ++i) many.push_back(receipt(issue("i", std::to_string(i))));
    put(many);
    const auto first = took("plane/item/i", kReceiptNow + seconds(1));
    EXPECT_EQ(first.size(), std::size_t(kTakeMax));
    EXPECT_EQ(first[0].body, issue("i", "0"));
    std::vector<std::int64_t> ids;
    for (const Receipt& one : first) ids.push_back(one.id);
    finished(ids, "processed");
    EXPECT_EQ(lost(kReceiptNow + seconds(30)), std::vector<std::string>{"plane/item/i"}) << "the rest is not lost";
    EXPECT_EQ(took("plane/item/i").size(), 3U);
}

}  // namespace
}  // namespace syncline::ingress
