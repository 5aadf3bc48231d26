#include "sim/plane/detail/models.hpp"

namespace syncline::sim::plane {
namespace {

constexpr unsigned kText255 = kWrite | kNull | kBlank;
constexpr Field kCreated{"created_at", Kind::kTime};
constexpr Field kUpdated{"updated_at", Kind::kTime};
constexpr Field kDeleted{"deleted_at", Kind::kTime};
constexpr Field kSource{"external_source", Kind::kText, kText255, "null", {}, 255};
constexpr Field kExternal{"external_id", Kind::kText, kText255, "null", {}, 255};
constexpr Field kCreator{"created_by", Kind::kRef};
constexpr Field kUpdater{"updated_by", Kind::kRef};
constexpr Field kProject{"project", Kind::kRef};
constexpr Field kWorkspace{"workspace", Kind::kRef};
constexpr Field kId{"id"};

constexpr Field kUserFields[] = {
    kId,
    {"first_name"},
    {"last_name"},
    {"email"},
    {"avatar", Kind::kText, kShown, "\"\""},
    {"avatar_url"},
    {"display_name"},
    {"created_at", Kind::kTime, kHidden},
};

constexpr Field kProjectFields[] = {
    kId,
    {"cover_image_url"},
    kCreated,
    kUpdated,
    kDeleted,
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description", Kind::kText, kWrite | kBlank, "\"\""},
    {"description_text", Kind::kJson},
    {"description_html", Kind::kJson},
    {"network", Kind::kWhole, kShown, "2"},
    {"identifier", Kind::kText, kWrite | kRequired, "\"\"", {}, 12},
    {"emoji", Kind::kText, kWrite | kNull | kBlank, "null", {}, 255},
    {"icon_prop", Kind::kJson, kWrite | kNull},
    {"module_view", Kind::kFlag, kWrite, "false"},
    {"cycle_view", Kind::kFlag, kWrite, "false"},
    {"issue_views_view", Kind::kFlag, kWrite, "false"},
    {"page_view", Kind::kFlag, kWrite, "true"},
    {"intake_view", Kind::kFlag, kWrite, "false"},
    {"is_time_tracking_enabled", Kind::kFlag, kWrite, "false"},
    {"is_issue_type_enabled", Kind::kFlag, kWrite, "false"},
    {"guest_view_all_features", Kind::kFlag, kWrite, "false"},
    {"cover_image", Kind::kText, kWrite | kNull | kBlank},
    {"archive_in", Kind::kWhole, kWrite, "0"},
    {"close_in", Kind::kWhole, kWrite, "0"},
    {"logo_props", Kind::kJson, kShown, "{}"},
    {"archived_at", Kind::kTime},
    {"timezone", Kind::kChoice, kWrite, "\"UTC\"", "zone"},
    kSource,
    kExternal,
    kCreator,
    kUpdater,
    kWorkspace,
    {"default_assignee", Kind::kRef, kWrite | kNull, "null", "user"},
    {"project_lead", Kind::kRef, kWrite | kNull, "null", "user"},
    {"cover_image_asset", Kind::kRef},
    {"estimate", Kind::kRef, kWrite | kNull | kPatchOnly, "null", "none"},
    {"default_state", Kind::kRef, kWrite | kNull | kPatchOnly, "null", "state"},
};

constexpr Field kMemberFields[] = {
    kId,
    {"member", Kind::kRef, kWrite | kRequired, "null", "user"},
    {"role", Kind::kWhole, kWrite, "5"},
    {"deleted_at", Kind::kTime, kHidden},
    {"is_active", Kind::kFlag, kHidden, "true"},
    {"project", Kind::kRef, kHidden},
    {"created_at", Kind::kTime, kHidden},
};

constexpr Field kStateFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description", Kind::kText, kWrite | kBlank, "\"\""},
    {"color", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"slug", Kind::kText, kShown, "\"\""},
    {"sequence", Kind::kNumber, kWrite, "65535.0"},
    {"group", Kind::kChoice, kWrite, "\"backlog\"", "backlog|unstarted|started|completed|cancelled|triage"},
    {"is_triage", Kind::kFlag, kShown, "false"},
    {"default", Kind::kFlag, kWrite, "false"},
    kSource,
    kExternal,
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
};

constexpr Field kLabelFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description", Kind::kText, kWrite | kBlank, "\"\""},
    {"color", Kind::kText, kWrite | kBlank, "\"\"", {}, 255},
    {"sort_order", Kind::kNumber, kWrite, "65535.0"},
    kSource,
    kExternal,
    kCreator,
    kUpdater,
    kWorkspace,
    kProject,
    {"parent", Kind::kRef, kWrite | kNull, "null", "label"},
};

constexpr Field kCycleFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description", Kind::kText, kWrite | kBlank, "\"\""},
    {"start_date", Kind::kTime, kWrite | kNull},
    {"end_date", Kind::kTime, kWrite | kNull},
    {"view_props", Kind::kJson, kShown, "{}"},
    {"sort_order", Kind::kNumber, kShown, "65535.0"},
    kSource,
    kExternal,
    {"progress_snapshot", Kind::kJson, kShown, "{}"},
    {"archived_at", Kind::kTime},
    {"logo_props", Kind::kJson, kShown, "{}"},
    {"timezone", Kind::kChoice, kWrite, "\"UTC\"", "zone"},
    {"version", Kind::kWhole, kShown, "1"},
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"owned_by", Kind::kRef, kWrite | kNull, "null", "user"},
};

constexpr Field kCycleItemFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"issue", Kind::kRef},
    {"cycle", Kind::kRef},
};

constexpr Field kModuleFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description", Kind::kText, kWrite | kBlank, "\"\""},
    {"description_text", Kind::kJson},
    {"description_html", Kind::kJson},
    {"start_date", Kind::kDay, kWrite | kNull},
    {"target_date", Kind::kDay, kWrite | kNull},
    {"status", Kind::kChoice, kWrite, "\"planned\"", "backlog|planned|in-progress|paused|completed|cancelled"},
    {"view_props", Kind::kJson, kShown, "{}"},
    {"sort_order", Kind::kNumber, kShown, "65535.0"},
    kSource,
    kExternal,
    {"archived_at", Kind::kTime},
    {"logo_props", Kind::kJson, kShown, "{}"},
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"lead", Kind::kRef, kWrite | kNull, "null", "user"},
    {"members", Kind::kRefs, kWrite, "[]", "user"},
};

constexpr Field kModuleItemFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"module", Kind::kRef},
    {"issue", Kind::kRef},
};

constexpr Field kItemFields[] = {
    kId,
    {"type_id", Kind::kRef, kWrite | kNull, "null", "none"},
    kCreated,
    kUpdated,
    {"deleted_at", Kind::kTime, kWrite | kNull},
    {"point", Kind::kWhole, kWrite | kNull},
    {"name", Kind::kText, kWrite | kRequired, "\"\"", {}, 255},
    {"description_html", Kind::kText, kWrite | kBlank, "\"<p></p>\""},
    {"description_binary"},
    {"priority", Kind::kChoice, kWrite, "\"none\"", "urgent|high|medium|low|none"},
    {"start_date", Kind::kDay, kWrite | kNull},
    {"target_date", Kind::kDay, kWrite | kNull},
    {"sequence_id", Kind::kWhole, kWrite, "1"},
    {"sort_order", Kind::kNumber, kWrite, "65535.0"},
    {"completed_at", Kind::kTime, kWrite | kNull},
    {"archived_at", Kind::kDay, kWrite | kNull},
    {"is_draft", Kind::kFlag, kWrite, "false"},
    kSource,
    kExternal,
    {"created_by", Kind::kRef, kWrite | kNull, "null", "user"},
    kUpdater,
    kProject,
    kWorkspace,
    {"parent", Kind::kRef, kWrite | kNull, "null", "item"},
    {"state", Kind::kRef, kWrite | kNull, "null", "state"},
    {"estimate_point", Kind::kRef, kWrite | kNull, "null", "none"},
    {"type", Kind::kRef},
    {"assignees", Kind::kRefs, kWrite, "[]", "user"},
    {"labels", Kind::kRefs, kWrite, "[]", "label"},
};

// "issue" is the waiting side of blocked_by, start_before and finish_before.
constexpr Field kRelationFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"relation_type", Kind::kChoice, kWrite | kRequired, "null",
     "blocking|blocked_by|duplicate|relates_to|start_before|start_after|finish_before|finish_after"},
    kCreator,
    kUpdater,
    {"issue", Kind::kRef},
    {"related_issue", Kind::kRef},
};

constexpr Field kCommentFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"comment_html", Kind::kText, kWrite | kBlank, "\"<p></p>\""},
    {"attachments", Kind::kJson, kShown, "[]"},
    {"access", Kind::kChoice, kWrite, "\"INTERNAL\"", "INTERNAL|EXTERNAL"},
    kSource,
    kExternal,
    {"edited_at", Kind::kTime},
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"description", Kind::kRef},
    {"issue", Kind::kRef},
    {"actor", Kind::kRef},
    {"parent", Kind::kRef},
};

constexpr Field kLinkFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"title", Kind::kText, kWrite | kNull | kBlank, "null", {}, 255},
    {"url", Kind::kText, kWrite | kRequired, "\"\""},
    {"metadata", Kind::kJson, kShown, "{}"},
    kCreator,
    kUpdater,
    kProject,
    kWorkspace,
    {"issue", Kind::kRef},
};

constexpr Field kActivityFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"verb", Kind::kText, kShown, "\"created\""},
    {"field"},
    {"old_value"},
    {"new_value"},
    {"comment", Kind::kText, kShown, "\"\""},
    {"attachments", Kind::kJson, kShown, "[]"},
    {"old_identifier", Kind::kRef},
    {"new_identifier", Kind::kRef},
    {"epoch", Kind::kNumber, kShown, "0.0"},
    kProject,
    kWorkspace,
    {"issue", Kind::kRef},
    {"issue_comment", Kind::kRef},
    {"actor", Kind::kRef},
};

constexpr Field kAttachmentFields[] = {
    kId,
    kCreated,
    kUpdated,
    kDeleted,
    {"attributes", Kind::kJson, kShown, "{}"},
    {"asset"},
    {"entity_type", Kind::kText, kShown, "\"ISSUE_ATTACHMENT\""},
    {"entity_identifier"},
    {"is_deleted", Kind::kFlag, kShown, "false"},
    {"is_archived", Kind::kFlag, kShown, "false"},
    {"external_id"},
    {"external_source"},
    {"size", Kind::kNumber, kShown, "0.0"},
    {"is_uploaded", Kind::kFlag, kShown, "false"},
    {"storage_metadata", Kind::kJson, kShown, "{}"},
    kCreator,
    kUpdater,
    {"user", Kind::kRef},
    kWorkspace,
    {"draft_issue", Kind::kRef},
    kProject,
    {"issue", Kind::kRef},
    {"comment", Kind::kRef},
    {"page", Kind::kRef},
};

}  // namespace

const Model kUserModel{kUserFields};
const Model kProjectModel{kProjectFields};
const Model kMemberModel{kMemberFields};
const Model kStateModel{kStateFields};
const Model kLabelModel{kLabelFields};
const Model kCycleModel{kCycleFields};
const Model kCycleItemModel{kCycleItemFields};
const Model kModuleModel{kModuleFields};
const Model kModuleItemModel{kModuleItemFields};
const Model kItemModel{kItemFields};
const Model kRelationModel{kRelationFields};
const Model kCommentModel{kCommentFields};
const Model kLinkModel{kLinkFields};
const Model kActivityModel{kActivityFields};
const Model kAttachmentModel{kAttachmentFields};

}  // namespace syncline::sim::plane
