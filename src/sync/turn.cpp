#include "sync/turn.hpp"

namespace syncline::sync {

Result<void> take_turn(pg::Transaction& tx, const access::Scope& scope) {
    const pg::Rows rows = TRY(tx.exec("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine",
                                      {"syncline/" + scope.org.text() + "/" + scope.profile}));
    if (rows.boolean(0, "mine")) return ok();
    return make_error(Errc::kHeld, "another process is syncing the profile " + scope.profile,
                      "wait for it, or stop it");
}

}  // namespace syncline::sync
