// A job's subject, "plane/item/<uuid>" or "odoo/project.task/42", as what the engine is told to look at. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jobs/queue.hpp"
#include "sync/engine.hpp"

namespace syncline::dispatch {

inline constexpr std::string_view kLookJob = "look";
inline constexpr std::string_view kReconcileJob = "reconcile";  // subject: "auto", "light" or "full"
inline constexpr std::string_view kSweepJob = "sweep";          // subject: "odoo" or "plane"
inline constexpr std::string_view kMirrorJob = "mirror";        // subject: "delta"; its handler is in app/
inline constexpr std::string_view kTidyJob = "tidy";            // recovery and clean-up

// None for a source that is no peer ("github/…"): there is nothing to look at.
// kInvalid for text that is no subject.
Result<std::optional<sync::Hint>> hint_of(std::string_view subject, std::string_view container = {});

std::string subject_of(const sync::Hint& hint);

// The job that looks at a subject. `container` is Plane's project where it is known.
jobs::NewJob look_job(std::string subject, std::string container, std::string correlation);

}  // namespace syncline::dispatch
