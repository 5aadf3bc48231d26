#include "actions/detail/advice.hpp"

#include <array>
#include <utility>

namespace syncline::actions::detail {

Advice advice_on(jobs::DeadReason reason) {
    using jobs::DeadReason;
    switch (reason) {
        case DeadReason::kAttemptsUsedUp:
            return {"it failed each time, for a reason that might have passed",
                    "see that the other system is well again (`syncline doctor`), then retry it"};
        case DeadReason::kUnauthorized:
            return {"the key is not accepted any more", "connect that system anew with a living key, then retry it"};
        case DeadReason::kForbidden:
            return {"the key is alive but may not do this",
                    "give its user the right, or connect with the key of somebody who has it, then retry it"};
        case DeadReason::kKeyMissing:
            return {"a secret that the settings refer to has no value",
                    "give it its value again (the error names it), then retry it"};
        case DeadReason::kInvalidPayload:
            return {"what the job says cannot be understood",
                    "a newer program may understand it: upgrade and retry it, or drop it; the record itself is found "
                    "by the next reconcile"};
        case DeadReason::kBadSignature:
            return {"what was received does not verify any more: its bytes or the secret changed since",
                    "if you changed the secret, list the old one beside it and retry; if not, somebody wrote to the "
                    "store: run `syncline verify-ledger`"};
        case DeadReason::kRefused:
            return {"the other system understood and refused for good",
                    "correct the record where it comes from (`syncline explain` shows it), then retry it"};
        case DeadReason::kUnsupported:
            return {"the other system, or its edition, cannot do this",
                    "make the change there by hand and drop it, or leave both sides as they are and drop it"};
        case DeadReason::kWorkerLost:
            return {"each process that took it died at it",
                    "look into the log of `syncline serve` for why it dies, upgrade, then retry it"};
        case DeadReason::kInternal:
            return {"a bug in this program", "report it with the error below, upgrade, then retry it"};
    }
    return {"a reason that this program does not know", "upgrade, then retry it"};
}

std::string_view meaning_of_state(std::string_view state) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kStates = {{
        {"received", "it waits for its turn"},
        {"processing", "it is being worked on"},
        {"processed", "what it is about was looked at, and both sides agree or say why not"},
        {"failed", "the look at it failed and is tried again by itself"},
        {"parked", "it waits for what its reason names, and goes on by itself then"},
        {"dead", "it was given up: see `syncline dlq`, mend the cause, then replay it"},
        {"quarantined",
         "it is genuine but not understood; kept whole. A newer program may understand it: upgrade and "
         "replay it"},
    }};
    for (const auto& [word, meaning] : kStates) {
        if (word == state) return meaning;
    }
    return "a state that this program does not know: it was stored by a newer one";
}

}  // namespace syncline::actions::detail
