#include "simulation/shrink.hpp"

#include <algorithm>

namespace syncline::simulation {

namespace {

class Shrinker {
public:
    Shrinker(const Schedule& failing, const std::function<Result<bool>(const Schedule&)>& still_breaks, int tries_max)
        : failing_(failing), still_breaks_(still_breaks), tries_max_(tries_max) {
        shrunk_.cutting = Cutting::whole(failing);
    }

    Result<Shrunk> run() {
        std::size_t at_once = std::max<std::size_t>(shrunk_.cutting.steps.size() / 2, 1);
        bool changed = true;
        // What went wrong may have needed a step that is not needed without it: so around again until nothing goes.
        while (changed && !used_up()) {
            changed = false;
            for (; at_once > 1; at_once /= 2) changed = TRY(take_out_steps(at_once)) || changed;
            changed = TRY(take_out_steps(1)) || changed;
            changed = TRY(take_out_troubles()) || changed;
            changed = TRY(take_out_oddities()) || changed;
        }
        shrunk_.smallest = !changed;
        return shrunk_;
    }

private:
    bool used_up() const { return shrunk_.tries >= tries_max_; }

    // Keeps the candidate when it still breaks. One that takes out what is not there is none.
    Result<bool> attempt(const Cutting& candidate) {
        const Schedule schedule = TRY(candidate.of(failing_));
        if (used_up() || schedule.text() == TRY(shrunk_.cutting.of(failing_)).text()) return false;
        ++shrunk_.tries;
        if (!TRY(still_breaks_(schedule))) return false;
        shrunk_.cutting = candidate;
        return true;
    }

    // From the end: what comes after the break is never needed.
    Result<bool> take_out_steps(std::size_t at_once) {
        bool changed = false;
        std::size_t end = shrunk_.cutting.steps.size();
        while (end > 0 && !used_up()) {
            const std::size_t begin = end > at_once ? end - at_once : 0;
            Cutting candidate = shrunk_.cutting;
            candidate.steps.erase(candidate.steps.begin() + static_cast<std::ptrdiff_t>(begin),
                                  candidate.steps.begin() + static_cast<std::ptrdiff_t>(end));
            changed = TRY(attempt(candidate)) || changed;
            end = begin;
        }
        return changed;
    }

    Result<bool> take_out_troubles() {
        bool changed = false;
        for (std::size_t i = 0; i < shrunk_.cutting.steps.size(); ++i) {
            for (bool KeptStep::*what : {&KeptStep::trouble, &KeptStep::busy, &KeptStep::preempted}) {
                Cutting candidate = shrunk_.cutting;
                candidate.steps[i].*what = false;
                changed = TRY(attempt(candidate)) || changed;
            }
        }
        return changed;
    }

    Result<bool> take_out_oddities() {
        bool changed = false;
        for (bool Cutting::*what : {&Cutting::guard, &Cutting::clocks, &Cutting::html}) {
            Cutting candidate = shrunk_.cutting;
            candidate.*what = false;
            changed = TRY(attempt(candidate)) || changed;
        }
        return changed;
    }

    const Schedule& failing_;
    const std::function<Result<bool>(const Schedule&)>& still_breaks_;
    const int tries_max_;
    Shrunk shrunk_;
};

}  // namespace

Result<Shrunk> shrink(const Schedule& failing, const std::function<Result<bool>(const Schedule&)>& still_breaks,
                      int tries_max) {
    return Shrinker(failing, still_breaks, tries_max).run();
}

}  // namespace syncline::simulation
