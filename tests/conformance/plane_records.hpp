// Reading recorded Plane answers: which path means what, and which records an answer shows.
#pragma once

#include <string>
#include <vector>

#include "replay.hpp"

namespace syncline::conformance {

// Fewer members than this, and a record was shown in part only (`fields=`, a short form).
inline constexpr std::size_t kWholeRecord = 7;

// A path taken apart: "…/projects/P/work-items/I/comments/" is {projects P}, {work-items I}, {comments ""}.
struct Step {
    std::string collection;
    std::string id;
};
std::vector<Step> steps_of(const std::string& url);

// "item" for "work-items" and "issues", "state" for "states"; "" for what holds no records of its own.
std::string kind_of(const std::string& collection);

// The records in an answer, with the kind that their place says.
std::vector<std::pair<std::string, json::Object>> records_in(const Recording& recording);

std::string text_in(const json::Object& object, std::string_view key);
// The texts of a list; none when it is none.
std::vector<std::string> texts_in(const json::Value& object, std::string_view key);

// The web app's names ("state_id", "assignee_ids") as the API has them.
json::Object api_names(const json::Value& value);

}  // namespace syncline::conformance
