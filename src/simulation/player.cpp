#include "simulation/player.hpp"

#include "profile/profile.hpp"
#include "simulation/scene.hpp"

namespace syncline::simulation {

namespace {

// A schedule ends with everything undone.
constexpr std::string_view kUndone = "undone on purpose";

// Each statement is run a hundred thousand times on a few dozen rows: planning it anew would cost more than running it.
// Those rows lie among what was undone: whoever walks the whole table walks over all of that.
constexpr std::string_view kSessionSettings =
    " options='-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off -c track_activities=off "
    "-c track_counts=off'";
constexpr int kConnections = 2;

// Sweeping costs as much as some schedules; without it they take twice as long after a few hundred.
constexpr std::int64_t kSchedulesPerTidy = 100;
constexpr std::string_view kTidy = R"(do $$
declare crowded record;
begin
  for crowded in select t.oid::regclass as name, k.relname as key from pg_class t
    join pg_namespace n on n.oid = t.relnamespace join pg_index i on i.indrelid = t.oid and i.indisprimary
    join pg_class k on k.oid = i.indexrelid
    where t.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
      and (pg_relation_size(t.oid) > 65536 or pg_indexes_size(t.oid) > 262144)
  loop
    execute format('cluster %s using %I', crowded.name, crowded.key);
  end loop;
end $$)";

// The profile of a mutant: the wrong side owns the state of the work.
std::string with_wrong_owner(std::string text) {
    constexpr std::string_view kRight = "name = \"state\"\nowner = \"plane\"";
    constexpr std::string_view kWrong = "name = \"state\"\nowner = \"odoo\"";
    const std::size_t at = text.find(kRight);
    return at == std::string::npos ? text : text.replace(at, kRight.size(), kWrong);
}

Result<Profiles> load_profiles(const std::string& text) {
    Profiles profiles{TRY(profile::load(text, "delivery.toml")), TRY(profile::load(text, "delivery.toml")),
                      TRY(profile::load(with_wrong_owner(text), "delivery.toml"))};
    profiles.open.guard = {.share_max = 1.0, .changes_min = 1'000'000, .deletions_max = 1'000'000};
    profiles.wrong_owner.guard = profiles.open.guard;
    return profiles;
}

class StorePlayer final : public Player {
public:
    explicit StorePlayer(PlayerOptions options) : options_(std::move(options)) {}

    Result<void> prepare() {
        store_ = TRY(pg::open_database({options_.dsn + std::string(kSessionSettings), kConnections}));
        profiles_ = TRY(load_profiles(options_.profile_text));
        for (int number = 0; number < kBackdrops; ++number) {
            backdrops_.push_back(TRY(Backdrop::make(*store_, profiles_->open, number)));
        }
        return store_->run_as_owner([](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("analyze"));
            return ok();
        });
    }

    Result<Outcome> play(const Schedule& schedule, bool with_digest) override {
        if (++played_ % kSchedulesPerTidy == 0) TRY(tidy());
        if (!options_.careful) {
            const Tally before = tally_;
            if (std::optional<Outcome> outcome = TRY(play_once(schedule, with_digest, true)))
                return std::move(*outcome);
            tally_ = before;
        }
        ++carefully_;
        if (std::optional<Outcome> outcome = TRY(play_once(schedule, with_digest, false))) return std::move(*outcome);
        return make_error(Errc::kInternal, "a careful schedule got stuck");
    }

    const Tally& tally() const override { return tally_; }
    std::int64_t carefully() const override { return carefully_; }

private:
    // None: it got stuck.
    Result<std::optional<Outcome>> play_once(const Schedule& schedule, bool with_digest, bool bold) {
        TRY(rewind_sequences());
        Backdrop& backdrop = *backdrops_[static_cast<std::size_t>(schedule.circumstances.backdrop) % backdrops_.size()];
        std::optional<Outcome> outcome;
        std::optional<Error> failure;
        const Result<void> ended = store_->run(backdrop.scope.org.text(), [&](pg::Transaction& whole) -> Result<void> {
            Scene scene(backdrop, whole, schedule, *profiles_, options_.mutant, options_.log_calls, bold, tally_);
            Result<Outcome> played = play_in(scene, with_digest);
            if (!scene.stuck() && !played) failure = played.error();
            if (!scene.stuck() && played) outcome = std::move(*played);
            return make_error(Errc::kCancelled, std::string(kUndone));
        });
        if (failure) return *failure;
        // Where a statement failed, the whole transaction tells of that.
        if (outcome && !ended && ended.error().message != kUndone) return ended.error();
        if (outcome) outcome->seed = schedule.seed;
        return outcome;
    }

    Result<Outcome> play_in(Scene& scene, bool with_digest) {
        Outcome outcome;
        const Result<void> played = play(scene);
        if (!played) scene.judge().violation("P5", "the program or its store gave up: " + played.error().message);
        outcome.violations = scene.judge().violations();
        outcome.log = scene.log();
        if (!outcome.sound() && played) outcome.explanation = TRY(scene.explain());
        outcome.statements = scene.statements();
        outcome.writes = scene.judge().writes();
        outcome.effective = scene.judge().effective();
        outcome.unseen_losses = scene.judge().unseen_losses();
        if (with_digest && played) outcome.digest = TRY(scene.digest());
        return outcome;
    }

    // A crash that no process died of is a mistake of the simulation, and is to be found by its seed like any other.
    static Result<void> play(Scene& scene) {
        try {
            return scene.play();
        } catch (const Crash&) {
            return make_error(Errc::kInternal, "a simulated crash left the scene");
        }
    }

    // A rollback leaves sequences where they are: ids would tell what was played before.
    Result<void> rewind_sequences() {
        return store_->run_as_owner([](pg::Transaction& tx) -> Result<void> {
            // With a parameter it is planned once.
            TRY(tx.exec(
                "select setval(c.oid, $1::bigint) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                "where c.relkind = 'S' and n.nspname <> 'pg_catalog' "
                // Setting one costs far more than looking at it, and most were not touched.
                "and pg_sequence_last_value(c.oid) is distinct from $1::bigint",
                {1'000'000}));
            return ok();
        });
    }

    // What was undone still lies in the tables, and is read over by each statement: it is swept out by writing the
    // tables anew, which a transaction can do.
    Result<void> tidy() {
        return store_->run_as_owner([](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec(kTidy));
            return ok();
        });
    }

    PlayerOptions options_;
    Tally tally_;
    std::int64_t played_ = 0;
    std::int64_t carefully_ = 0;
    std::unique_ptr<pg::Database> store_;
    std::optional<Profiles> profiles_;
    std::vector<std::unique_ptr<Backdrop>> backdrops_;
};

}  // namespace

Result<std::unique_ptr<Player>> Player::open(PlayerOptions options) {
    auto player = std::make_unique<StorePlayer>(std::move(options));
    TRY(player->prepare());
    return std::unique_ptr<Player>(std::move(player));
}

}  // namespace syncline::simulation
