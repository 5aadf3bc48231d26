#include "actions/detail/advice.hpp"
#include "actions/services_test.hpp"
#include "jobs/inspect.hpp"

namespace syncline::actions {
namespace {

class DeadLetters : public ActionsTest {
protected:
    // A look that dies at once.
    std::int64_t die(const std::string& subject, Errc code = Errc::kRefused) {
        jobs::NewJob job;
        job.kind = "look";
        job.subject = subject;
        job.payload["container"] = "p1";
        must(in_store([&](pg::Transaction& tx) { return jobs::enqueue(tx, org_, job, now()); }));
        const std::vector<jobs::Job> claimed = must(queue_->claim({"look"}, 1, now()));
        EXPECT_EQ(claimed.size(), 1u);
        if (claimed.empty()) return 0;
        must(queue_->fail(claimed.front(), make_error(code, "422 from Plane"), now(), random_));
        clock_.advance(std::chrono::seconds(1));
        return claimed.front().id;
    }
    void SetUp() override {
        ActionsTest::SetUp();
        queue_ = std::make_unique<jobs::Queue>(database(), org_, "worker");
    }
    DeadList list(std::int64_t rows = 100) { return must(dlq_list(services(), {rows})); }

    const access::OrgId org_ = access::default_org();
    std::unique_ptr<jobs::Queue> queue_;
};

TEST_F(DeadLetters, AreListedWithTheirRecordTheirReasonAndWhatToDo) {
    add_link(42, "2d4de979-b560-415c-bcf3-5b6db5f3ba40", "Launch the shop");
    die("odoo/project.task/42");
    die("plane/item/2d4de979-b560-415c-bcf3-5b6db5f3ba40", Errc::kForbidden);
    die("light", Errc::kInternal);
    const DeadList dead = list();
    ASSERT_EQ(dead.jobs.size(), 3u);
    EXPECT_FALSE(dead.more);
    EXPECT_EQ(dead.jobs[0].subject, "light") << "newest first";
    EXPECT_TRUE(dead.jobs[0].title.empty());
    EXPECT_EQ(dead.jobs[1].reason, "FORBIDDEN");
    EXPECT_EQ(dead.jobs[1].title, "Launch the shop");
    EXPECT_EQ(dead.jobs[2].reason, "REFUSED");
    EXPECT_EQ(dead.jobs[2].link, "task/odoo/42");
    EXPECT_NE(dead.jobs[2].error.find("422 from Plane"), std::string::npos);
    EXPECT_FALSE(dead.jobs[2].meaning.empty());
    EXPECT_FALSE(dead.jobs[2].advice.empty());
    EXPECT_TRUE(list(2).more);
    EXPECT_EQ(list(2).jobs.size(), 2u);
    EXPECT_EQ(code_of(dlq_list(services(), {0})), Errc::kInvalid);
}

TEST_F(DeadLetters, OneIsShownWithItsPayload) {
    const std::int64_t id = die("plane/item/x");
    const DeadJobView view = must(dlq_show(services(), {id}));
    EXPECT_EQ(view.job.subject, "plane/item/x");
    EXPECT_EQ(json::text_or(view.payload, "container"), "p1");
    EXPECT_EQ(code_of(dlq_show(services(), {id + 100})), Errc::kNotFound);
}

TEST_F(DeadLetters, ARetryPutsThemBack) {
    const std::int64_t first = die("plane/item/a");
    die("plane/item/b");
    EXPECT_EQ(must(dlq_retry(services(), {first, false})).retried, 1);
    EXPECT_EQ(list().jobs.size(), 1u);
    EXPECT_EQ(code_of(dlq_retry(services(), {first, false})), Errc::kNotFound);
    die("plane/item/c");
    EXPECT_EQ(must(dlq_retry(services(), {0, true})).retried, 2);
    EXPECT_TRUE(list().jobs.empty());
    EXPECT_EQ(must(dlq_retry(services(), {0, true})).retried, 0);
    EXPECT_EQ(code_of(dlq_retry(services(), {0, false})), Errc::kInvalid) << "neither one nor all";
    EXPECT_EQ(code_of(dlq_retry(services(), {first, true})), Errc::kInvalid) << "both";
}

TEST_F(DeadLetters, AreDroppedWithAReason) {
    const std::int64_t id = die("plane/item/a");
    for (const std::string& why : {std::string(), std::string("  "), std::string(1001, 'x')}) {
        EXPECT_EQ(code_of(dlq_drop(services(), {id, why, ""})), Errc::kInvalid);
    }
    EXPECT_EQ(list().jobs.size(), 1u);
    must(dlq_drop(services(), {id, "the project is gone", ""}));
    EXPECT_TRUE(list().jobs.empty());
    const pg::Rows dropped = run("select dropped_by, why from jobs.dropped");
    ASSERT_EQ(dropped.size(), 1u);
    EXPECT_EQ(dropped.text(0, "dropped_by"), "ada");
    EXPECT_EQ(dropped.text(0, "why"), "the project is gone");
    EXPECT_EQ(code_of(dlq_drop(services(), {id, "again", ""})), Errc::kNotFound);
}

TEST(Advice, EachReasonHasItsOwn) {
    std::set<std::string_view> meanings;
    for (int i = 0; i <= static_cast<int>(jobs::DeadReason::kInternal); ++i) {
        const detail::Advice advice = detail::advice_on(static_cast<jobs::DeadReason>(i));
        EXPECT_TRUE(meanings.insert(advice.meaning).second) << advice.meaning;
        EXPECT_FALSE(advice.cure.empty());
    }
    for (const char* state : {"received", "processing", "processed", "failed", "parked", "dead", "quarantined"}) {
        EXPECT_TRUE(meanings.insert(detail::meaning_of_state(state)).second) << state;
    }
    EXPECT_FALSE(meanings.contains(detail::meaning_of_state("odd")));
}

}  // namespace
}  // namespace syncline::actions
