// What each action answers, as text for people. Pure: the same answer gives the same text (cli/golden/).
#pragma once

#include <string>

#include "actions/registry.hpp"
#include "actions/types.hpp"
#include "cli/style.hpp"

namespace syncline::cli {

std::string render(const actions::SyncReport& report, const Style& style);
// `links_max` links are shown; the rest is counted.
std::string render(const actions::PlanReport& report, const Style& style, std::size_t links_max = 10'000);
std::string render(const actions::StatusReport& report, const Style& style);
std::string render(const actions::LinkList& list, const Style& style);
std::string render(const actions::Explanation& explanation, const Style& style);
std::string render(const actions::OrphanList& list, const Style& style);
std::string render(const actions::Done& done, const Style& style);
std::string render(const actions::ConflictList& list, const Style& style);
std::string render(const actions::UserList& list, const Style& style);
std::string render(const actions::ShipReviewList& list, const Style& style);
std::string render(const actions::DecideReport& report, const Style& style);
std::string render(const actions::LintReport& report, const Style& style);
std::string render(const actions::MigrateReport& report, const Style& style);
std::string render(const actions::DoctorReport& report, const Style& style);
std::string render(const actions::ReceiptList& list, const Style& style);
std::string render(const actions::ReceiptView& receipt, const Style& style);
std::string render(const actions::DeadList& list, const Style& style);
std::string render(const actions::DeadJobView& job, const Style& style);
std::string render(const actions::RetryReport& report, const Style& style);
// `command` is the one that does it, for a report of what would be done.
std::string render(const actions::ReplayReport& report, const Style& style, const std::string& command);
std::string render(const actions::HookList& list, const Style& style);
std::string render(const actions::AlertList& list, const Style& style);
std::string render(const actions::TraceView& trace, const Style& style);
std::string render(const actions::VerifyReport& report, const Style& style);
std::string render(const actions::ExportReport& report, const Style& style);
std::string render(const actions::ResolveReport& report, const Style& style);
std::string render(const actions::MirrorPullReport& answer, const Style& style);
std::string render(const actions::MirrorStatus& answer, const Style& style);
std::string render(const actions::MirrorTable& answer, const Style& style);
std::string render(const actions::MirrorRecordView& answer, const Style& style);
std::string render(const actions::MirrorPreview& answer, const Style& style);
std::string render(const actions::MirrorSelection& answer, const Style& style);
std::string render(const actions::MirrorCertificate& answer, const Style& style);
std::string render(const actions::MirrorProof& answer, const Style& style);
std::string render(const actions::MirrorVerified& answer, const Style& style);
std::string render(const actions::MirrorDriftList& answer, const Style& style);
std::string render(const actions::MirrorActivity& answer, const Style& style);
std::string render(const actions::MirrorValidation& answer, const Style& style);

// As they stand first in `status`.
std::string render_alerts(const std::vector<actions::AlertView>& alerts, const Style& style);

// One line of the ledger as `serve` prints it: "08:00:01 plane task/odoo/42 Title: name: a → b".
std::string render_change(const actions::HistoryView& entry, const std::string& link, const std::string& title,
                          const Style& style);

}  // namespace syncline::cli
