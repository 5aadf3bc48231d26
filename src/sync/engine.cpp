#include "sync/engine.hpp"

#include "sync/coverage.hpp"
#include "sync/cursors.hpp"
#include "sync/replan.hpp"
#include "sync/turn.hpp"

namespace syncline::sync {

namespace {

constexpr std::int64_t kRowsWorthAnalyzing = 200;

constexpr std::string_view kCloseOutCursor = "plane/close_out";

constexpr std::chrono::milliseconds kNoWait{0};

}  // namespace

Engine::Engine(Context context) : context_(std::move(context)) {}

Result<void> Engine::alone(std::chrono::milliseconds wait, const std::function<Result<void>()>& body) {
    return context_.store.run(context_.scope().org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(take_turn(tx, context_.scope(), wait));
        return body();
    });
}

Result<Depth> Engine::depth_of(Look look) {
    if (look == Look::kFull) return Depth::kFull;
    if (look != Look::kAuto) return Depth::kLight;
    const std::optional<Time> last =
        TRY(context_.transact([&](pg::Transaction& tx) { return load_cursor(tx, context_.scope(), kCloseOutCursor); }));
    const bool due = !last || context_.clock.now() - *last >= context_.settings.close_out_every;
    return due ? Depth::kFull : Depth::kLight;
}

// A store that was just filled has no statistics yet, and PostgreSQL would walk whole tables for each link.
Result<void> Engine::refresh_statistics(std::int64_t rows_changed) {
    if (rows_changed < kRowsWorthAnalyzing) return ok();
    return context_.store.run_as_owner([](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("analyze sync.links"));
        TRY(tx.exec("analyze sync.observations"));
        return ok();
    });
}

// Once in the engine's life: what Odoo's models look like, and who is who by the profile as it is now.
Result<void> Engine::get_ready() {
    if (!known_.empty()) return ok();
    TRY(context_.transact([&](pg::Transaction& tx) { return match_people_again(context_, tx); }));
    known_ = TRY(known_fields(context_));
    return ok();
}

Result<Engine::Looked> Engine::observe(Depth depth, Look look) {
    TRY(get_ready());
    const Time began = context_.clock.now();
    Looked looked;
    looked.from = began;
    looked.depth = depth;
    if (look != Look::kPlane) {
        looked.odoo_swept = began;
        looked.odoo = TRY(observe_odoo(context_, known_));
    }
    looked.plane_began = context_.clock.now();
    if (look != Look::kOdoo) looked.plane = TRY(observe_plane(context_, depth));
    TRY(refresh_statistics(looked.odoo.changed + looked.plane.changed));
    if (depth == Depth::kLight) return looked;
    TRY(context_.transact(
        [&](pg::Transaction& tx) { return save_cursor(tx, context_.scope(), kCloseOutCursor, began); }));
    return looked;
}

Result<Engine::Looked> Engine::look_at(const std::vector<Hint>& hints) {
    TRY(get_ready());
    Looked looked;
    looked.from = context_.clock.now();
    looked.hints = &hints;
    looked.odoo = TRY(look_at_odoo(context_, known_, hints));
    looked.plane_began = context_.clock.now();
    TRY(look_at_plane(context_, TRY(wanted_by(context_, hints)), looked.plane));
    TRY(refresh_statistics(looked.odoo.changed + looked.plane.changed));
    return looked;
}

// All that these looks have shown is done now, but for what waits.
Result<void> Engine::cover(const Looked& looked) {
    const profile::EntityMap* container = container_entity(context_.profile);
    if (!container || (!looked.odoo_swept && looked.plane.complete.empty())) return ok();
    Proof proof{container->name, context_.clock.now(), looked.plane_began, {}, {}, looked.odoo_swept};
    for (const auto& [project, depth] : looked.plane.complete) {
        (depth == Depth::kFull ? proof.whole : proof.light).push_back(project);
    }
    return context_.transact([&](pg::Transaction& tx) { return sync::cover(tx, context_.scope(), proof); });
}

Result<Report> Engine::sync(Look look, const std::string& correlation) {
    std::optional<Report> report;
    TRY(alone(kNoWait, [&]() -> Result<void> {
        report = TRY(run({"sync", correlation}, [&](Report& counts) -> Result<void> {
            counts.depth = TRY(depth_of(look));
            Looked looked = TRY(observe(counts.depth, look));
            TRY(rounds(looked, counts));
            TRY(cover(looked));
            return refresh_statistics(counts.applied.writes());
        }));
        return ok();
    }));
    return std::move(*report);
}

Result<Report> Engine::look(const std::vector<Hint>& hints, const std::string& correlation) {
    std::optional<Report> report;
    TRY(alone(context_.settings.lock_wait, [&]() -> Result<void> {
        report = TRY(run({"look", correlation, false}, [&](Report& counts) -> Result<void> {
            Looked looked = TRY(look_at(hints));
            TRY(rounds(looked, counts));
            return cover(looked);
        }));
        return ok();
    }));
    return std::move(*report);
}

Result<Proposal> Engine::plan(Look look) {
    std::optional<Proposal> proposal;
    TRY(alone(kNoWait, [&]() -> Result<void> {
        Looked looked = TRY(observe(TRY(depth_of(look)), look));
        const Ids keys = TRY(this->keys(looked, {true, true}));
        World world(context_);
        proposal = TRY(propose(context_, known_, world, keys));
        Shown shown;
        for (const PlannedLink& planned : proposal->links) {
            if (!planned.idle()) shown.add(planned);
        }
        TRY(save(std::move(shown), "proposed", ""));
        return ok();
    }));
    return std::move(*proposal);
}

Result<Report> Engine::apply(const std::string& hash, const std::string& approved_by) {
    std::optional<Report> report;
    TRY(alone(kNoWait, [&]() -> Result<void> {
        const SavedPlan saved = TRY(context_.transact(
            [&](pg::Transaction& tx) { return load_plan(tx, context_.scope(), hash, context_.clock.now()); }));
        if (saved.status == "applied") {
            return make_error(Errc::kMoved, "plan " + saved.hash.substr(0, 12) + " was applied already",
                              "`syncline plan` shows what is to do now");
        }
        Approved approved;
        for (const json::Value& link : saved.body) {
            approved.emplace(std::string(json::text_or(link, "link")), std::string(json::text_or(link, "hash")));
        }
        report = TRY(run({"apply", ""}, [&](Report& counts) -> Result<void> {
            const Looked looked = TRY(observe(Depth::kLight));
            const Ids keys = TRY(this->keys(looked, {}));
            World world(context_);
            Proposal proposal = TRY(propose(context_, known_, world, keys, &approved));
            std::int64_t same = 0;
            std::vector<std::string> released;
            for (const PlannedLink& planned : proposal.links) {
                if (!planned.executable() || planned.idle()) continue;
                ++same;
                released.push_back(planned.link.index.container.empty() ? planned.link.index.key
                                                                        : planned.link.index.container);
            }
            if (same == 0) {
                return make_error(Errc::kMoved, "nothing of plan " + saved.hash.substr(0, 12) + " holds any more",
                                  "the records changed since; `syncline plan` shows what is to do now");
            }
            counts.applied.moved += static_cast<std::int64_t>(approved.size()) - same;
            counts.applied.add(TRY(sync::apply(context_, known_, world, proposal, counts.run, looked.from)));
            return context_.transact([&](pg::Transaction& tx) -> Result<void> {
                TRY(set_held(tx, context_.scope(), released, false));
                return end_plan(tx, context_.scope(), saved.hash, "applied", approved_by, context_.clock.now());
            });
        }));
        return ok();
    }));
    return std::move(*report);
}

}  // namespace syncline::sync
