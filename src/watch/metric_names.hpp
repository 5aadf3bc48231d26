// Everything that is counted, in one list: docs/operations.md explains it to operators under the same names.
#pragma once

#include "watch/metrics.hpp"

namespace syncline::watch {

inline constexpr GaugeName kBuildInfo{"syncline_build_info", "Always 1; the version is the label.", {"version"}};

// What comes in.
inline constexpr CounterName kWebhookReceipts{
    "syncline_webhook_receipts_total",
    "Webhooks by what became of them: accepted, duplicate, quarantined, bad_signature, invalid, too_large, "
    "unknown_endpoint, not_stored.",
    {"outcome"}};
inline constexpr CounterName kWebhookCommits{"syncline_webhook_commits_total",
                                             "Transactions that stored webhooks; one may hold many."};
inline constexpr HistogramName kWebhookSeconds{"syncline_webhook_seconds", "From a webhook's last byte to its answer."};
inline constexpr GaugeName kWebhookSilent{
    "syncline_webhook_silent", "1 when changes were found that the source should have told of.", {"source"}};

// Work.
inline constexpr GaugeName kQueueDepth{"syncline_queue_depth", "Jobs by state: ready, waiting, running.", {"state"}};
inline constexpr GaugeName kQueueOldest{"syncline_queue_oldest_seconds",
                                        "How long the job that is ready and first in turn has waited."};
inline constexpr GaugeName kDeadLetters{"syncline_dead_letters", "Jobs in the dead-letter queue."};
inline constexpr CounterName kJobs{
    "syncline_jobs_total", "Jobs by kind and outcome: done, paused, failed, dead.", {"kind", "outcome"}};
inline constexpr HistogramName kJobPickupSeconds{"syncline_job_pickup_seconds",
                                                 "From when a job could run to when a worker took it."};
inline constexpr HistogramName kJobSeconds{"syncline_job_seconds", "How long a batch of jobs took.", {"kind"}};

// The sync itself.
inline constexpr GaugeName kCoverageLag{
    "syncline_coverage_lag_seconds",
    "Age of the instant up to which all changes of the project at the peer are applied, or known to wait for a reason.",
    {"project", "peer"}};
inline constexpr GaugeName kCoverageWaiting{"syncline_coverage_waiting",
                                            "Links of the project that wait with a reason, as the peer's changes go.",
                                            {"project", "peer"}};
inline constexpr HistogramName kApplyLagSeconds{
    "syncline_apply_lag_seconds", "From the edit at one peer to its value at the other.", {"to"}};
inline constexpr CounterName kWrites{"syncline_writes_total", "Writes to the peers by action.", {"action"}};
inline constexpr CounterName kRuns{"syncline_runs_total", "Runs of the engine by kind and status.", {"kind", "status"}};
inline constexpr GaugeName kConflictsOpen{"syncline_conflicts_open", "Conflicts that wait for a person."};
inline constexpr GaugeName kLinksFailing{"syncline_links_failing", "Links whose last attempt failed."};

// The peers.
inline constexpr HistogramName kPeerRequestSeconds{"syncline_peer_request_seconds", "Requests to a peer.", {"peer"}};
inline constexpr CounterName kPeerRequests{"syncline_peer_requests_total",
                                           "Requests to a peer by HTTP status, or \"none\" without an answer.",
                                           {"peer", "status"}};
inline constexpr GaugeName kRateBudget{
    "syncline_rate_budget_remaining", "Calls that could be made now without waiting.", {"peer"}};
inline constexpr GaugeName kBreakerOpen{
    "syncline_breaker_open", "1 while the peer is left alone after failures.", {"peer"}};

// The program.
inline constexpr GaugeName kAlertsOpen{"syncline_alerts_open", "Open alerts by severity.", {"severity"}};
inline constexpr GaugeName kPulseAge{
    "syncline_pulse_age_seconds", "Since each loop of the process last said it lives.", {"loop"}};
inline constexpr CounterName kSeriesRefused{
    "syncline_metric_series_refused_total", "Values whose series would have been one too many.", {"metric"}};

}  // namespace syncline::watch
