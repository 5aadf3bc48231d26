// What is planned again when something beside the records changed: those links only that it can matter to.
#pragma once

#include "sync/context.hpp"
#include "sync/observations.hpp"
#include "sync/odoo_models.hpp"

namespace syncline::sync {

// These stages or tags (a model beside the profile's entities) read differently now: the links of the records that name
// one, and whatever is parked, because it may wait for just this.
Result<void> replan_wearers(Context& context, pg::Transaction& tx, const OdooModel& model, const Ids& ids);

// A list of people changed, or the profile's: who is who is matched again. The links of the records that name somebody
// who is somebody else now are planned again.
Result<void> match_people_again(Context& context, pg::Transaction& tx);

}  // namespace syncline::sync
