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

// What `expand=` made of references becomes ids again.
void plain_references(json::Object& record);

// The value of a query parameter; "" when absent.
std::string parameter(const std::string& url, std::string_view name);

// When stand-ins that must be gone went.
inline constexpr const char* kLongAgo = "2000-01-01T00:00:00Z";

// The body as JSON; null when it is none.
json::Value parsed(const net::HttpResponse& response);
// "total_count" of a list; -1 when the body is no list.
std::int64_t total_of(const json::Value& body);
// The recorded body holds these words.
bool contains(const Recording& recording, std::string_view words);
// A zone that is "+05:30" ahead.
std::string zone_of(const std::string& offset);

// The web app's names ("state_id", "assignee_ids") as the API has them.
json::Object api_names(const json::Value& value);

}  // namespace syncline::conformance
