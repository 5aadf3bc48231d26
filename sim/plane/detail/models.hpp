// The columns of every kind of record, in the order in which the API shows them.
#pragma once

#include "sim/plane/detail/field.hpp"

namespace syncline::sim::plane {

extern const Model kUserModel;
extern const Model kProjectModel;
extern const Model kMemberModel;  // a user's seat in a project
extern const Model kStateModel;
extern const Model kLabelModel;
extern const Model kCycleModel;
extern const Model kCycleItemModel;
extern const Model kModuleModel;
extern const Model kModuleItemModel;
extern const Model kItemModel;
extern const Model kRelationModel;
extern const Model kCommentModel;
extern const Model kLinkModel;
extern const Model kActivityModel;
extern const Model kAttachmentModel;

}  // namespace syncline::sim::plane
