// Faults planted into the program or its surroundings on purpose: a judge that does not find them judges nothing.
#pragma once

#include <string_view>

namespace syncline::simulation {

enum class Mutant {
    kNone,
    kTwinCreation,       // a creation in Plane is carried out twice
    kLostOdooWrite,      // Odoo says yes to a write and does nothing
    kNoEchoes,           // what came back from our own writes is forgotten: the guard against echoes is off
    kNoLosers,           // values that lose are not kept
    kWrongOwner,         // the profile says that Odoo owns the state of the work
    kBlindToDirt,        // what was observed counts as planned at once
    kOpenDoor,           // any signature is good enough
    kReceiptsForgotten,  // a receipt is answered for and not kept
    kMeddler,            // each settlement renames the item in Plane besides
};
std::string_view to_string(Mutant mutant);

inline constexpr Mutant kMutants[] = {
    Mutant::kTwinCreation, Mutant::kLostOdooWrite, Mutant::kNoEchoes,          Mutant::kNoLosers, Mutant::kWrongOwner,
    Mutant::kBlindToDirt,  Mutant::kOpenDoor,      Mutant::kReceiptsForgotten, Mutant::kMeddler,
};

}  // namespace syncline::simulation
