#include <stdexcept>

#include "jobs/testing/jobs_fixture.hpp"
#include "jobs/worker.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

class WorkerTest : public testing::JobsTest {
protected:
    void SetUp() override {
        JobsTest::SetUp();
        worker_ = std::make_unique<Worker>(
            one(), clock_, random_, [this](const Job& job, const Error& error, std::optional<DeadReason> reason) {
                told_.push_back(job.subject + " " + std::string(to_string(error.code)) + " " +
                                std::string(reason ? to_string(*reason) : "AGAIN"));
            });
    }
    // Answers the given outcome for some subjects, success for all others; notes what it was given.
    Handler handler() {
        return [this](std::span<const Job> jobs) -> Result<std::vector<Outcome>> {
            std::vector<Outcome> outcomes;
            std::string batch;
            for (const Job& job : jobs) batch += (batch.empty() ? "" : " ") + job.subject;
            seen_.push_back(batch);
            for (const Job& job : jobs) {
                if (job.subject == "throws") throw std::runtime_error("boom");
                if (job.subject == "throws a number") throw 42;
                if (job.subject == "refuses all") return make_error(Errc::kRefused, "no");
                if (job.subject == "peer is away") return make_error(Errc::kUnreachable, "away");
                if (job.subject == "says too much") outcomes.emplace_back();
                if (job.subject == "completes itself") must(one().complete({job}));
                const auto wanted = wanted_.find(job.subject);
                outcomes.push_back(wanted == wanted_.end() ? Outcome() : make_error(wanted->second, "as wanted"));
            }
            return outcomes;
        };
    }
    void handle(int batch_max = 1) {
        worker_->handle("look", handler(), {batch_max});
        worker_->handle("count", handler(), {1});
    }
    Stepped step() { return must(worker_->step()); }
    void put_all(const Names& subjects) {
        for (const std::string& subject : subjects) {
            put("look", subject);
            advance(Micros(1));
        }
    }

    std::unique_ptr<Worker> worker_;
    std::map<std::string, Errc> wanted_;
    Names seen_, told_;
};

TEST_F(WorkerTest, DoesAStepAtATime) {
    handle(2);
    put_all({"a", "b", "c"});
    Stepped stepped = step();
    EXPECT_EQ(stepped.claimed, 2);
    EXPECT_EQ(stepped.done, 2);
    EXPECT_EQ(seen_, Names{"a b"});
    EXPECT_EQ(step().done, 1);
    EXPECT_EQ(step().claimed, 0);
    EXPECT_EQ(depth_now().running, 0);
}

TEST_F(WorkerTest, DrainsUntilNothingIsReady) {
    handle(2);
    put_all({"a", "b", "c"});
    put("count", "a");
    const Stepped drained = must(worker_->drain());
    EXPECT_EQ(drained.claimed, 4);
    EXPECT_EQ(drained.done, 4);
    EXPECT_EQ(seen_, (Names{"a b", "c", "a"})) << "the count of a waits for the look at a";
    EXPECT_EQ(must(worker_->drain()).claimed, 0);
}

TEST_F(WorkerTest, TakesOnlyKindsThatItHandles) {
    worker_->handle("count", handler());
    put_all({"a"});
    EXPECT_EQ(step().claimed, 0);
    EXPECT_EQ(depth_now().ready, 1);
    Worker idle(two(), clock_, random_);
    EXPECT_EQ(must(idle.drain()).claimed, 0);
}

TEST_F(WorkerTest, EachJobHasItsOwnOutcome) {
    handle(5);
    wanted_ = {{"b", Errc::kUpstream}, {"c", Errc::kRefused}, {"d", Errc::kCancelled}};
    put_all({"a", "b", "c", "d", "e"});
    const Stepped stepped = step();
    EXPECT_EQ(stepped.claimed, 5);
    EXPECT_EQ(stepped.done, 2);
    EXPECT_EQ(stepped.failed, 1);
    EXPECT_EQ(stepped.dead, 1);
    EXPECT_EQ(stepped.released, 1);
    EXPECT_EQ(told_, (Names{"b UPSTREAM_5XX AGAIN", "c REFUSED REFUSED"}));
    EXPECT_EQ(dead().at(0).job.subject, "c");
    wanted_.clear();
    EXPECT_EQ(claim(two()).at(0).attempt, 1) << "d was only given back";
    advance(kSecond * 2);
    EXPECT_EQ(claim(two()).at(0).attempt, 2) << "b";
}

TEST_F(WorkerTest, AHandlerThatThrowsFailsItsJobAndNothingElse) {
    handle(1);
    put_all({"throws", "throws a number", "fine"});
    for (int i = 0; i < 3; ++i) step();
    EXPECT_EQ(told_, (Names{"throws INTERNAL INTERNAL", "throws a number INTERNAL INTERNAL"}));
    EXPECT_NE(dead().at(1).error.find("boom"), std::string::npos);
    EXPECT_EQ(depth_now().ready + depth_now().running, 0);
}

TEST_F(WorkerTest, InABatchOnlyTheOneToBlameDies) {
    handle(5);
    put_all({"completes itself", "a", "throws", "b"});
    const Stepped stepped = step();
    EXPECT_EQ(stepped.claimed, 4);
    EXPECT_EQ(stepped.done, 3);
    EXPECT_EQ(stepped.dead, 1);
    EXPECT_EQ(seen_, (Names{"completes itself a throws b", "a", "throws", "b"}))
        << "what was settled before is not done again";
    EXPECT_EQ(told_, Names{"throws INTERNAL INTERNAL"});
}

TEST_F(WorkerTest, AFinalErrorOfABatchIsThatOfOne) {
    handle(5);
    put_all({"a", "refuses all", "b"});
    const Stepped stepped = step();
    EXPECT_EQ(stepped.done, 2);
    EXPECT_EQ(stepped.dead, 1);
    EXPECT_EQ(told_, Names{"refuses all REFUSED REFUSED"});
}

TEST_F(WorkerTest, AnErrorThatMayPassIsThatOfAll) {
    handle(5);
    put_all({"a", "peer is away", "b"});
    EXPECT_EQ(step().failed, 3);
    EXPECT_EQ(seen_.size(), 1u) << "nobody is asked again at once";
    EXPECT_EQ(depth_now().waiting, 3);
}

TEST_F(WorkerTest, AHandlerThatAnswersTheWrongNumberIsABug) {
    handle(1);
    put_all({"says too much"});
    EXPECT_EQ(step().dead, 1);
    EXPECT_EQ(dead().at(0).reason, DeadReason::kInternal);
}

TEST_F(WorkerTest, AHandlerMayCompleteItsJobs) {
    handle(3);
    put_all({"a", "completes itself"});
    const Stepped stepped = step();
    EXPECT_EQ(stepped.done, 2);
    EXPECT_EQ(depth_now().running, 0);
    EXPECT_TRUE(told_.empty());
    // One that completed its job and answers an error all the same does not fail it any more.
    wanted_ = {{"completes itself", Errc::kUpstream}};
    put_all({"completes itself"});
    step();
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(depth_now().waiting, 0);
}

TEST_F(WorkerTest, RescuesNowAndThen) {
    handle();
    put_all({"a"});
    claim(two());
    EXPECT_EQ(step().rescued, 0);
    advance(kLease + Micros(1));
    const Stepped stepped = step();
    EXPECT_EQ(stepped.rescued, 1);
    EXPECT_EQ(stepped.done, 1);
    // Not with each step: that would be a transaction more for each batch.
    put_all({"b"});
    claim(two());
    run("delete from jobs.workers");
    EXPECT_EQ(step().rescued, 0);
    advance(kRescueEvery);
    EXPECT_EQ(step().rescued, 1);
}

TEST_F(WorkerTest, TellsOfAJobWhoseLastWorkerDied) {
    handle();
    put_all({"a"});
    for (int i = 0; i < kAttemptsMax; ++i) {
        EXPECT_EQ(claimed(two()), Names{"a"});
        advance(kSecond * 2);
        if (i + 1 < kAttemptsMax) {
            EXPECT_EQ(must(one().rescue(now())).jobs, 1);
        }
    }
    const Stepped stepped = step();
    EXPECT_EQ(stepped.dead, 1);
    EXPECT_EQ(stepped.claimed, 0);
    EXPECT_EQ(told_, Names{"a INTERNAL WORKER_LOST"});
}

TEST_F(WorkerTest, APoisonSubjectStopsOnlyItself) {
    handle(10);
    wanted_ = {{"poison", Errc::kUpstream}};
    int done = 0;
    for (int minute = 0; minute < 20; ++minute) {
        put_all({"poison", "a", "b"});
        done += static_cast<int>(must(worker_->drain()).done);
        advance(kSecond * 60);
    }
    EXPECT_EQ(done, 40);
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].reason, DeadReason::kAttemptsUsedUp);
    EXPECT_EQ(dead()[0].deaths, 5);
}

}  // namespace
}  // namespace syncline::jobs
