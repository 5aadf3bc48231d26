#include "mirror/detail/patience.hpp"

#include "odoo/errors.hpp"

namespace syncline::mirror::detail {
namespace {

constexpr Micros kNap{1'000'000};  // so soon it is noticed that somebody wants to stop

}  // namespace

bool is_outage(const Error& error) {
    return error.code != Errc::kRateLimited && odoo::is_passing(error);  // who is told to slow down was answered
}

bool Patience::wait(Micros pause) {
    const Time until = clock_.now() + pause;
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            const Time now = clock_.now();
            if (!since_) since_ = now;
            if (now - *since_ >= kOutageMax) return false;
            tell_(now - *since_);
            if (stop_()) return false;
            if (now >= until) return true;
        }
        clock_.sleep_for(std::min(kNap, pause));
    }
}

void Patience::over() {
    const std::lock_guard lock(mutex_);
    since_.reset();
}

Error Patience::given_up(Error error) {
    const std::lock_guard lock(mutex_);
    error.hint = "look whether Odoo runs; the next pull goes on from here";
    const auto waited = std::chrono::duration_cast<std::chrono::seconds>(since_ ? clock_.now() - *since_ : Micros{0});
    return std::move(error).during("waited " + std::to_string(waited.count()) + " s for Odoo");
}

}  // namespace syncline::mirror::detail
