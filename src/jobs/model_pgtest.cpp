// Random histories of the queue, side by side with a model of a page: what the queue answers must be what the model
// answers, at each step, and both must hold the same jobs in the end.
#include <map>

#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

constexpr int kSteps = 2500;
constexpr int kModelWorkers = 3;
const std::vector<std::string> kKinds = {"look", "count"};

struct Waiting {
    std::int64_t order = 0;  // of enqueueing
    Priority priority = Priority::kNormal;
    Time run_at{};
    int starts = 0, failures = 0, losses = 0;
    std::string note;
};
struct Running {
    Waiting was;
    std::string kind;
    int worker = 0;
    bool operator<(const Running& other) const { return was.order < other.was.order; }
};

class Model {
public:
    using Key = std::pair<std::string, std::string>;  // subject, kind

    bool enqueue(const std::string& kind, const std::string& subject, Priority priority, Time run_at,
                 const std::string& note) {
        const auto [place, fresh] = waiting.try_emplace({subject, kind});
        Waiting& job = place->second;
        if (fresh) {
            job = {++orders_, priority, run_at, 0, 0, 0, note};
            return true;
        }
        job.priority = std::min(job.priority, priority);
        if (job.starts == 0) job.run_at = std::min(job.run_at, run_at);
        return false;
    }

    // By priority with ageing; each of one kind, that of the first.
    std::vector<std::pair<Key, Waiting>> claim(int worker, int most, Time now) {
        std::vector<std::pair<Key, Waiting>> ready;
        for (const auto& [key, job] : waiting) {
            if (free(key, job, now)) ready.emplace_back(key, job);
        }
        std::ranges::sort(ready, {}, [](const auto& one) {
            return std::pair(one.second.run_at + kAgeing * static_cast<int>(one.second.priority), one.second.order);
        });
        if (ready.empty()) return {};
        const std::string kind = ready.front().first.second;
        std::erase_if(ready, [&](const auto& one) { return one.first.second != kind; });
        // What the first `most` hold that a worker died with is not taken along.
        if (ready.size() > static_cast<std::size_t>(most)) ready.resize(static_cast<std::size_t>(most));
        if (ready.front().second.losses > 0) {
            ready.resize(1);
        } else {
            std::erase_if(ready, [](const auto& one) { return one.second.losses > 0; });
        }
        for (auto& [key, job] : ready) {
            waiting.erase(key);
            ++job.starts;
            running[key.first] = {job, key.second, worker};
        }
        return ready;
    }

    void put_back(const std::string& subject, Waiting job, const std::string& kind) {
        const auto [place, fresh] = waiting.try_emplace({subject, kind}, job);
        if (!fresh) {
            job.priority = std::min(job.priority, place->second.priority);
            place->second = job;
        }
        running.erase(subject);
    }

    void die(const std::string& subject, const std::string& kind, DeadReason reason) {
        dead[{subject, kind}] = reason;
        deaths.insert(reason);
        running.erase(subject);
    }

    void rescue(int worker) {
        std::vector<std::pair<std::string, Running>> lost;
        for (const auto& [subject, job] : running) {
            if (job.worker == worker) lost.emplace_back(subject, job);
        }
        for (auto& [subject, job] : lost) {
            if (++job.was.losses >= kAttemptsMax) {
                die(subject, job.kind, DeadReason::kWorkerLost);
            } else {
                put_back(subject, job.was, job.kind);
            }
        }
    }

    std::map<Key, Waiting> waiting;
    std::map<std::string, Running> running;  // by subject: there is one at most
    std::map<Key, DeadReason> dead;
    std::set<DeadReason> deaths;  // the reasons that ever were

private:
    bool free(const Key& key, const Waiting& job, Time now) const {
        if (job.run_at > now || running.contains(key.first)) return false;
        return std::ranges::none_of(waiting, [&](const auto& other) {
            return other.first.first == key.first && other.second.order < job.order &&
                   (other.second.run_at <= now || other.second.starts > 0);
        });
    }

    std::int64_t orders_ = 0;
};

class ModelTest : public testing::JobsTest {
protected:
    struct Held {
        Job job;
        bool lost = false;  // its worker counts as dead
    };

    void SetUp() override {
        JobsTest::SetUp();
        for (int i = 0; i < kModelWorkers; ++i) revive(i);
    }

    // A new process in the place of one that ended.
    void revive(int worker) {
        const auto place = static_cast<std::size_t>(worker);
        queues_.resize(std::max(queues_.size(), place + 1));
        queues_[place] = std::make_unique<Queue>(database(), org_, "process " + std::to_string(++started_));
    }
    Queue& queue(int worker) { return *queues_[static_cast<std::size_t>(worker)]; }

    void enqueue_something(Random& random) {
        NewJob job;
        job.kind = kKinds[random.below(2)];
        job.subject = "s" + std::to_string(random.below(12));
        job.payload["note"] = std::to_string(step_);
        job.priority = static_cast<Priority>(random.below(4));
        if (random.chance(0.2)) job.run_at = now() + Micros(static_cast<std::int64_t>(random.below(20'000'000)));
        const Time run_at = job.run_at == Time{} ? now() : job.run_at;
        const bool added = model_.enqueue(job.kind, job.subject, job.priority, run_at, std::to_string(step_));
        ASSERT_EQ(put(job) == Enqueued::kAdded, added) << job.kind << " " << job.subject;
    }

    void claim_something(Random& random) {
        const int worker = static_cast<int>(random.below(kModelWorkers));
        const int most = static_cast<int>(1 + random.below(5));
        const auto expected = model_.claim(worker, most, now());
        const std::vector<Job> jobs = claim(queue(worker), most);
        ASSERT_EQ(jobs.size(), expected.size());
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            EXPECT_EQ(jobs[i].subject, expected[i].first.first);
            EXPECT_EQ(jobs[i].kind, expected[i].first.second);
            EXPECT_EQ(json::text_or(jobs[i].payload, "note"), expected[i].second.note);
            EXPECT_EQ(jobs[i].failures, expected[i].second.failures);
            EXPECT_EQ(jobs[i].losses, expected[i].second.losses);
            EXPECT_EQ(jobs[i].priority, expected[i].second.priority);
            held_[{worker, jobs[i].subject}] = jobs[i];
            ++claims_;
        }
    }

    // One that somebody holds, if anybody does.
    std::map<std::pair<int, std::string>, Job>::iterator some_held(Random& random) {
        if (held_.empty()) return held_.end();
        return std::next(held_.begin(), static_cast<std::ptrdiff_t>(random.below(held_.size())));
    }

    void complete_something(Random& random) {
        const auto held = some_held(random);
        if (held == held_.end()) return;
        const auto [worker, subject] = held->first;
        EXPECT_EQ(must(queue(worker).complete(std::vector<Job>{held->second})), 1);
        model_.running.erase(subject);
        held_.erase(held);
    }

    void fail_something(Random& random) {
        const auto held = some_held(random);
        if (held == held_.end()) return;
        const auto [worker, subject] = held->first;
        const Job job = held->second;
        held_.erase(held);
        Waiting was = model_.running.at(subject).was;
        const bool final = random.chance(0.1);
        const Errc code = final ? Errc::kRefused : Errc::kUpstream;
        SeededRandom jitter = random_;  // the model sees the same chance
        const std::optional<DeadReason> reason = fail(queue(worker), job, code);
        if (final || was.failures + 1 >= kAttemptsMax) {
            const DeadReason expected = final ? DeadReason::kRefused : DeadReason::kAttemptsUsedUp;
            EXPECT_EQ(reason, expected);
            model_.die(subject, job.kind, expected);
            return;
        }
        EXPECT_EQ(reason, std::nullopt);
        const double seconds = (1 << was.failures) * (0.75 + 0.5 * jitter.unit());
        was.run_at = now() + Micros(static_cast<std::int64_t>(seconds * 1e6));
        ++was.failures;
        model_.put_back(subject, was, job.kind);
    }

    void release_something(Random& random) {
        const auto held = some_held(random);
        if (held == held_.end()) return;
        const auto [worker, subject] = held->first;
        const Job job = held->second;
        held_.erase(held);
        Waiting was = model_.running.at(subject).was;
        was.run_at = now() + Micros(static_cast<std::int64_t>(random.below(3'000'000)));
        must(queue(worker).release({job}, was.run_at));
        model_.put_back(subject, was, job.kind);
    }

    // A process ends with what it holds; the others go on beating, and find out.
    void kill_somebody(Random& random) {
        const int victim = static_cast<int>(random.below(kModelWorkers));
        std::vector<Job> lost;
        for (auto held = held_.begin(); held != held_.end();) {
            if (held->first.first != victim) {
                ++held;
                continue;
            }
            lost.push_back(held->second);
            held = held_.erase(held);
        }
        std::unique_ptr<Queue> ghost = std::move(queues_[static_cast<std::size_t>(victim)]);
        revive(victim);
        beat_on(kLease + Micros(1));
        EXPECT_EQ(must(queue(victim).rescue(now())).jobs, static_cast<std::int64_t>(lost.size()));
        model_.rescue(victim);
        // What it does from its grave is nothing.
        if (!lost.empty()) {
            EXPECT_EQ(must(ghost->complete(lost)), 0);
            EXPECT_EQ(fail(*ghost, lost.front(), Errc::kRefused), std::nullopt);
        }
    }

    void beat_on(Micros duration) {
        for (Micros left = duration; left > Micros(0); left -= kHeartbeat) {
            advance(std::min(left, kHeartbeat));
            for (int i = 0; i < kModelWorkers; ++i) must(queue(i).heartbeat(now()));
        }
    }

    void compare() {
        const pg::Rows waiting = run("select subject, kind, starts, run_at from jobs.queue");
        ASSERT_EQ(waiting.size(), model_.waiting.size());
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const auto found =
                model_.waiting.find({std::string(waiting.text(i, "subject")), std::string(waiting.text(i, "kind"))});
            ASSERT_NE(found, model_.waiting.end());
            EXPECT_EQ(waiting.integer(i, "starts"), found->second.starts);
            const Micros apart = parse_time(waiting.text(i, "run_at")).value() - found->second.run_at;
            EXPECT_LE(std::abs(apart.count()), 1) << "but for the last digit of a double";
        }
        EXPECT_EQ(run("select 1 from jobs.running").size(), model_.running.size());
        std::map<Model::Key, DeadReason> dead_now;
        for (const DeadJob& one : dead(1000)) dead_now[{one.job.subject, one.job.kind}] = one.reason;
        EXPECT_EQ(dead_now, model_.dead);
        const Depth depth = depth_now();
        EXPECT_EQ(static_cast<std::size_t>(depth.ready + depth.waiting), model_.waiting.size());
    }

    void play(std::uint64_t seed) {
        SeededRandom random(seed);
        for (step_ = 0; step_ < kSteps && !HasFailure(); ++step_) {
            SCOPED_TRACE("seed " + std::to_string(seed) + ", step " + std::to_string(step_));
            const std::uint64_t dice = random.below(100);
            if (dice < 38)
                enqueue_something(random);
            else if (dice < 63)
                claim_something(random);
            else if (dice < 78)
                complete_something(random);
            else if (dice < 87)
                fail_something(random);
            else if (dice < 91)
                release_something(random);
            else if (dice < 93)
                kill_somebody(random);
            else
                beat_on(Micros(static_cast<std::int64_t>(random.below(3'000'000))));
            if (step_ % 50 == 0) compare();
        }
        compare();
        EXPECT_GT(claims_, kSteps / 4);
        EXPECT_GE(model_.deaths.size(), 2u) << "a history in which little happens shows little";
    }

    std::vector<std::unique_ptr<Queue>> queues_;
    std::map<std::pair<int, std::string>, Job> held_;
    Model model_;
    int step_ = 0;
    int started_ = 0;
    int claims_ = 0;
};

TEST_F(ModelTest, Seed1) { play(1); }
TEST_F(ModelTest, Seed2) { play(2); }
TEST_F(ModelTest, Seed3) { play(3); }
TEST_F(ModelTest, Seed4) { play(4); }

}  // namespace
}  // namespace syncline::jobs
