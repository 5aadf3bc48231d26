#include "sync/turn.hpp"

namespace syncline::sync {

namespace {

constexpr std::string_view kLockNotAvailable = "55P03";

// True when it is ours.
Result<bool> take(pg::Transaction& tx, const std::string& name, std::chrono::milliseconds wait) {
    if (wait.count() == 0) {
        return TRY(tx.exec("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine", {name}))
            .boolean(0, "mine");
    }
    const Result<pg::Rows> got =
        tx.exec("select set_config('lock_timeout', $2, true), pg_advisory_xact_lock(hashtextextended($1, 0))",
                {name, std::to_string(wait.count()) + "ms"});
    if (!got && got.error().detail("sqlstate") != kLockNotAvailable) return got.error();
    return got.ok();
}

}  // namespace

Result<void> take_turn(pg::Transaction& tx, const access::Scope& scope, std::chrono::milliseconds wait) {
    if (TRY(take(tx, "syncline/" + scope.org.text() + "/" + scope.profile, wait))) return ok();
    return make_error(Errc::kHeld, "another process is syncing the profile " + scope.profile,
                      "wait for it, or stop it");
}

}  // namespace syncline::sync
