#include <atomic>
#include <latch>
#include <map>
#include <set>
#include <thread>

#include "ingress/receiver.hpp"
#include "ingress/testing/noon.hpp"
#include "ingress/testing/signing.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::ingress {
namespace {

using testing::post;
using testing::signed_headers;
using vault::Secret;

using testing::kNow;
const std::string kPlaneSecret(testing::kRecordedSecret);

class ReceiverTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        make({});
    }
    void TearDown() override {
        receiver_.reset();
        PgTest::TearDown();
    }
    void make(OnStored on_stored, bool background = true) {
        receiver_ = make_receiver(database(), clock_, random_,
                                  {.endpoints = {{"main", Source::kPlane, {Secret("older"), Secret(kPlaneSecret)}},
                                                 {"erp", Source::kOdoo, {Secret("odoo-secret")}},
                                                 {"code", Source::kGithub, {Secret("github-secret")}},
                                                 {"build", Source::kCi, {Secret("ci-secret")}},
                                                 {"unset", Source::kPlane, {}}},
                                   .background_commits = background},
                                  std::move(on_stored));
    }
    static std::string issue(const std::string& id) {
        return R"({"event":"issue","action":"updated","data":{"id":")" + id + R"(","project":"p"}})";
    }
    net::HttpRequest event(const std::string& body, const std::string& path = "/hooks/plane/main") {
        return post(path, signed_headers(Source::kPlane, kPlaneSecret, body, clock_.now()), body);
    }
    net::HttpResponse send(const net::HttpRequest& request) { return receiver_->receive(request); }
    // The status, and what the answer says: the code of an error, or "new", "duplicate".
    std::string told(const net::HttpRequest& request) {
        const net::HttpResponse answer = send(request);
        const json::Value body = json::parse(answer.body).value();
        EXPECT_EQ(answer.headers.get("Content-Type"), "application/json");
        if (const json::Value* error = json::find(body, "error")) {
            EXPECT_NE(json::text_or(*error, "message"), "");
            return std::to_string(answer.status) + " " + std::string(json::text_or(*error, "code"));
        }
        EXPECT_GT(json::integer_or(body, "receipt"), 0);
        EXPECT_EQ(json::text_or(body, "correlation").size(), 36U);
        return std::to_string(answer.status) + (json::bool_or(body, "duplicate") ? " duplicate" : " new");
    }
    std::int64_t count(const std::string& table = "ingress.receipts") {
        return run("select count(*) from " + table).integer(0, 0U);
    }

    VirtualClock clock_{kNow};
    SeededRandom random_{3};
    std::unique_ptr<Receiver> receiver_;
};

TEST_F(ReceiverTest, AnEventIsStoredBeforeItIsAnswered) {
    const net::HttpResponse answer = send(event(issue("i")));
    EXPECT_EQ(answer.status, 200);
    const json::Value body = json::parse(answer.body).value();
    const auto rows =
        run("select receipt, correlation, kind, convert_from(body, 'UTF8') as body, headers,"
            " received_at = '2026-11-21T12:00:00Z' as on_time from ingress.receipts");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.integer(0, "receipt"), json::integer_or(body, "receipt"));
    EXPECT_EQ(rows.text(0, "correlation"), json::text_or(body, "correlation"));
    EXPECT_EQ(rows.text(0, "kind"), "issue.updated");
    EXPECT_EQ(rows.text(0, "body"), issue("i"));
    EXPECT_TRUE(rows.boolean(0, "on_time"));
    EXPECT_TRUE(rows.text(0, "correlation").starts_with("01a1fdfa-4600-7")) << rows.text(0, "correlation");
    EXPECT_EQ(told(event(issue("i"))), "200 duplicate");
    EXPECT_EQ(told(event(issue("j"))), "200 new");
    const Counters counters = receiver_->counters();
    EXPECT_EQ(counters.accepted, 2U);
    EXPECT_EQ(counters.duplicates, 1U);
    EXPECT_EQ(counters.commits, 3U);
}

TEST_F(ReceiverTest, SaysWhatIsWrong) {
    const std::string body = issue("i");
    EXPECT_EQ(told(event(body, "/hooks/plane/nobody")), "404 NOT_FOUND");
    EXPECT_EQ(told(event(body, "/hooks/odoo/main")), "404 NOT_FOUND") << "main is Plane's";
    EXPECT_EQ(told(event(body, "/hooks/plane/erp")), "404 NOT_FOUND");
    EXPECT_EQ(told(event(body, "/")), "404 NOT_FOUND");
    net::HttpRequest get = event(body);
    get.method = "GET";
    EXPECT_EQ(told(get), "405 METHOD_NOT_ALLOWED");
    EXPECT_EQ(send(get).headers.get("Allow"), "POST");
    net::HttpRequest no_length = event("");
    no_length.headers.remove("Content-Length");
    EXPECT_EQ(told(no_length), "411 LENGTH_REQUIRED");
    EXPECT_EQ(told(event(std::string(kBodyBytesMax + 1, ' '))), "413 TOO_LARGE");
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"}) {
        net::HttpRequest other = event(body);
        other.headers.set("Content-Type", type);
        EXPECT_EQ(told(other), "415 UNSUPPORTED_MEDIA_TYPE") << type;
    }
    net::HttpRequest zipped = event(body);
    zipped.headers.set("Content-Encoding", "gzip");
    EXPECT_EQ(told(zipped), "415 UNSUPPORTED_MEDIA_TYPE");
    EXPECT_EQ(told(event(body, "/hooks/plane/unset")), "503 KEY_MISSING");
    net::HttpRequest forged = event(body);
    forged.body += " ";
    EXPECT_EQ(told(forged), "401 UNAUTHORIZED");
    EXPECT_EQ(told(event("")), "400 INVALID");
    EXPECT_EQ(told(event("[]")), "400 INVALID");
    EXPECT_EQ(told(event("{")), "400 INVALID");
    EXPECT_EQ(count(), 0);
    for (const char* type : {"application/json; charset=utf-8", "Application/JSON", "application/cloudevents+json"}) {
        net::HttpRequest other = event(issue(type));
        other.headers.set("Content-Type", type);
        EXPECT_EQ(told(other), "200 new") << type;
    }
    EXPECT_EQ(told(event(issue("q"), "/hooks/plane/main?token=x")), "200 new");
    const Counters counters = receiver_->counters();
    EXPECT_EQ(counters.unknown_endpoint, 4U);
    EXPECT_EQ(counters.invalid, 12U);
    EXPECT_EQ(counters.too_large, 1U);
    EXPECT_EQ(counters.key_missing, 1U);
    EXPECT_EQ(counters.bad_signature, 1U);
    for (const int status : {400, 408, 413, 431, 501}) EXPECT_EQ(receiver_->refusal(status).status, status);
    EXPECT_EQ(receiver_->counters().too_large, 3U);
    EXPECT_EQ(receiver_->counters().invalid, 15U);
}

TEST_F(ReceiverTest, TheSecretSaysWhoseEventItIs) {
    const std::string plane = issue("i");
    const std::string odoo = R"({"batch":"b","events":[{"model":"project.task","res_id":1,"op":"write"}]})";
    const std::string github = R"({"action":"opened","pull_request":{"id":5}})";
    EXPECT_EQ(told(event(plane, "/webhook")), "200 new");
    EXPECT_EQ(told(post("/webhook", signed_headers(Source::kOdoo, "odoo-secret", odoo, kNow), odoo)), "200 new");
    net::Headers pull = signed_headers(Source::kGithub, "github-secret", github, kNow);
    pull.set("X-GitHub-Event", "pull_request");
    EXPECT_EQ(told(post("/webhook", pull, github)), "200 new");
    const auto rows =
        run("select string_agg(endpoint || ' ' || source || ' ' || kind, ', ' order by receipt) as t"
            " from ingress.receipts");
    EXPECT_EQ(rows.text(0, "t"),
              "main plane issue.updated, erp odoo project.task.write, code github pull_request.opened");
    // Signed by one, and said to be another's.
    net::HttpRequest mixed = event(issue("j"), "/webhook");
    mixed.headers.add("X-GitHub-Event", "push");
    EXPECT_EQ(told(mixed), "401 UNAUTHORIZED");
    net::HttpRequest moved = event(issue("j"), "/webhook");
    moved.headers.set("X-Hub-Signature-256", "sha256=" + std::string(moved.headers.get("X-Plane-Signature")));
    moved.headers.remove("X-Plane-Signature");
    EXPECT_EQ(told(moved), "401 UNAUTHORIZED");
    // The same bytes at its own address are the same event.
    EXPECT_EQ(told(event(plane)), "200 duplicate");
    receiver_->set_endpoints({{"unset", Source::kPlane, {}}});
    EXPECT_EQ(told(event(plane, "/webhook")), "503 KEY_MISSING");
    receiver_->set_endpoints({});
    EXPECT_EQ(told(event(plane, "/webhook")), "404 NOT_FOUND");
}

TEST_F(ReceiverTest, SecretsCanBeReplacedWhileItRuns) {
    EXPECT_EQ(told(event(issue("a"))), "200 new");
    receiver_->set_endpoints({{"main", Source::kPlane, {Secret("fresh")}}});
    EXPECT_EQ(told(event(issue("b"))), "401 UNAUTHORIZED");
    receiver_->set_endpoints({{"main", Source::kPlane, {Secret("fresh"), Secret(kPlaneSecret)}}});
    EXPECT_EQ(told(event(issue("b"))), "200 new");
}

TEST_F(ReceiverTest, EveryRecordedDeliveryOfPlaneIsTaken) {
    std::set<std::string> bodies;
    for (const auto& each : testing::recorded_plane_deliveries()) {
        const bool again = !bodies.insert(each.body).second;
        EXPECT_EQ(told(post("/hooks/plane/main", each.headers, each.body)), again ? "200 duplicate" : "200 new")
            << each.file;
        // Plane tries again: the same bytes and signature, a new delivery id.
        net::Headers retry = each.headers;
        retry.set("X-Plane-Delivery", random_.uuid());
        EXPECT_EQ(told(post("/hooks/plane/main", retry, each.body)), "200 duplicate") << each.file;
    }
    EXPECT_EQ(count(), 89) << "two of the 90 are a retry that was recorded";
    EXPECT_EQ(receiver_->counters().quarantined, 0U);
    EXPECT_EQ(count("ingress.redeliveries"), 91);
    // What is stored verifies again.
    const auto all = database().transact(access::default_org().text(), [](pg::Transaction& tx) {
        Filter filter;
        filter.rows_max = 1000;
        return list(tx, access::default_org(), filter);
    });
    ASSERT_TRUE(all.ok());
    const std::vector<Secret> secrets{Secret(kPlaneSecret)};
    for (const Receipt& one : *all) {
        EXPECT_TRUE(verify_stored(one.source, secrets, one.headers, one.body, one.received_at).ok()) << one.id;
    }
}

TEST_F(ReceiverTest, WhatIsNotUnderstoodIsKept) {
    EXPECT_EQ(told(event(R"({"event":"sticky","action":"created","data":{"id":"s"}})")), "200 new");
    EXPECT_EQ(told(event("{}")), "200 new");
    EXPECT_EQ(receiver_->counters().quarantined, 2U);
    EXPECT_EQ(run("select count(*) from ingress.receipts where quarantine <> ''").integer(0, 0U), 2);
}

TEST_F(ReceiverTest, CredentialsAreNotKept) {
    net::HttpRequest request = event(issue("i"));
    request.headers.set("Authorization", "Bearer hunter2");
    request.headers.set("Cookie", "session=hunter2");
    request.headers.set("X-Api-Key", "hunter2");
    EXPECT_EQ(told(request), "200 new");
    EXPECT_EQ(run("select count(*) from ingress.receipts where headers::text like '%hunter2%'").integer(0, 0U), 0);
}

TEST_F(ReceiverTest, JobsAreMadeInTheSameTransactionForNewOnesOnly) {
    run_as_owner(
        "create table sync.asked (org_id uuid not null, subject text, primary key (org_id, subject));"
        "call access.protect('sync.asked', 'for a test')");
    std::atomic<bool> fail = false;
    make([&](pg::Transaction& tx, const std::vector<Receipt>& receipts) -> Result<void> {
        for (const Receipt& receipt : receipts) {
            EXPECT_GT(receipt.id, 0);
            TRY(tx.exec("insert into sync.asked (org_id, subject) values ($1, $2)",
                        {access::default_org().text(), receipt.understood.subjects.at(0).text()}));
        }
        if (fail) return make_error(Errc::kStore, "no");
        return ok();
    });
    EXPECT_EQ(told(event(issue("a"))), "200 new");
    EXPECT_EQ(told(event(issue("a"))), "200 duplicate");
    fail = true;
    EXPECT_THROW(send(event(issue("b"))), net::DropConnection);
    EXPECT_EQ(run("select string_agg(subject, ',') as t from sync.asked").text(0, "t"), "plane/item/a");
    EXPECT_EQ(count(), 1) << "neither without the other";
    EXPECT_EQ(receiver_->counters().not_stored, 1U);
    fail = false;
    EXPECT_EQ(told(event(issue("b"))), "200 new") << "its sender tries again";
}

// The first commit waits until told to go on, so that what comes in the meantime makes one batch.
class Gate {
public:
    OnStored hook(std::function<Result<void>(const std::vector<Receipt>&)> then = {}) {
        return [this, then = std::move(then)](pg::Transaction&, const std::vector<Receipt>& receipts) -> Result<void> {
            if (first_.exchange(false)) {
                inside_.count_down();
                go_.wait();
            }
            return then ? then(receipts) : ok();
        };
    }
    void wait_inside() { inside_.wait(); }
    void open() { go_.count_down(); }

private:
    std::atomic<bool> first_ = true;
    std::latch inside_{1}, go_{1};
};

// Answers as they come, from whatever thread.
struct Answers {
    std::function<void(std::optional<net::HttpResponse>)> slot(std::latch& done) {
        return [this, &done](const std::optional<net::HttpResponse>& answer) {
            (answer ? answered : closed) += 1;
            done.count_down();
        };
    }
    std::atomic<int> answered = 0, closed = 0;
};

TEST_F(ReceiverTest, WhatComesDuringACommitGoesIntoTheNextOneTogether) {
    Gate gate;
    std::atomic<std::size_t> largest = 0;
    make(gate.hook([&](const std::vector<Receipt>& receipts) {
        largest = std::max(largest.load(), receipts.size());
        return ok();
    }));
    constexpr int kMany = 100;
    std::latch done(kMany + 1);
    Answers answers;
    receiver_->receive(event(issue("first")), answers.slot(done));
    gate.wait_inside();
    for (int i = 0; i < kMany; ++i) receiver_->receive(event(issue(std::to_string(i % 80))), answers.slot(done));
    gate.open();
    done.wait();
    EXPECT_EQ(answers.answered, kMany + 1);
    EXPECT_EQ(receiver_->counters().commits, 2U);
    EXPECT_EQ(largest, 80U);
    EXPECT_EQ(receiver_->counters().duplicates, 20U);
    EXPECT_EQ(count(), 81);
}

TEST_F(ReceiverTest, OneBadRowRefusesOnlyItself) {
    Gate gate;
    make(gate.hook([](const std::vector<Receipt>& receipts) -> Result<void> {
        for (const Receipt& receipt : receipts) {
            if (receipt.understood.subjects.at(0).id == "poison") return make_error(Errc::kStore, "bad");
        }
        return ok();
    }));
    std::latch done(21);
    Answers answers;
    receiver_->receive(event(issue("first")), answers.slot(done));
    gate.wait_inside();
    for (int i = 0; i < 20; ++i) {
        receiver_->receive(event(issue(i == 7 ? "poison" : std::to_string(i))), answers.slot(done));
    }
    gate.open();
    done.wait();
    EXPECT_EQ(answers.answered, 20);
    EXPECT_EQ(answers.closed, 1);
    EXPECT_EQ(receiver_->counters().not_stored, 1U);
    EXPECT_EQ(count(), 20);
    EXPECT_EQ(run("select count(*) from ingress.inbox where subject = 'plane/item/poison'").integer(0, 0U), 0);
}

TEST_F(ReceiverTest, MoreThanCanWaitIsClosedAtOnce) {
    Gate gate;
    make(gate.hook());
    std::latch done(1 + kWaitingMax), refused(1);
    Answers answers, beyond;
    receiver_->receive(event(issue("first")), answers.slot(done));
    gate.wait_inside();
    const net::HttpRequest request = event(issue("i"));
    for (std::size_t i = 0; i < kWaitingMax; ++i) receiver_->receive(request, answers.slot(done));
    receiver_->receive(request, beyond.slot(refused));
    refused.wait();
    EXPECT_EQ(beyond.closed, 1);
    EXPECT_EQ(answers.answered, 0) << "the others still wait";
    gate.open();
    done.wait();
    EXPECT_EQ(answers.answered, int(1 + kWaitingMax));
    EXPECT_LE(receiver_->counters().commits, 1 + kWaitingMax / kBatchMax);
}

TEST_F(ReceiverTest, WhatWasAcceptedIsFinishedBeforeItGoes) {
    Gate gate;
    make(gate.hook());
    std::latch done(51);
    Answers answers;
    receiver_->receive(event(issue("first")), answers.slot(done));
    gate.wait_inside();
    for (int i = 0; i < 50; ++i) receiver_->receive(event(issue(std::to_string(i))), answers.slot(done));
    std::jthread closing([&] { receiver_.reset(); });
    gate.open();
    closing.join();
    EXPECT_TRUE(done.try_wait()) << "all were answered before it was gone";
    EXPECT_EQ(answers.answered, 51);
    EXPECT_EQ(count(), 51);
}

TEST_F(ReceiverTest, WithoutTheBackgroundItStoresWhereItIsCalled) {
    const std::thread::id me = std::this_thread::get_id();
    make(
        [&](pg::Transaction&, const std::vector<Receipt>&) -> Result<void> {
            EXPECT_EQ(std::this_thread::get_id(), me);
            return ok();
        },
        false);
    EXPECT_EQ(told(event(issue("a"))), "200 new");
    EXPECT_EQ(told(event(issue("a"))), "200 duplicate");
    EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace syncline::ingress
