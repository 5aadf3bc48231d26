#include "sim/plane/detail/answer.hpp"

namespace syncline::sim::plane {

Answer field_errors(json::Object errors) { return {400, std::move(errors)}; }

Answer cross_field(std::string_view text) {
    return {400, json::Object{{"non_field_errors", json::Array{json::Value(text)}}}};
}

Answer detail(int status, std::string_view text) { return {status, json::Object{{"detail", text}}}; }

Answer refused(int status, std::string_view text) { return {status, json::Object{{"error", text}}}; }

Answer conflict(std::string_view text, std::string_view id) { return {409, json::Object{{"error", text}, {"id", id}}}; }

Answer missing() { return refused(404, "The requested resource does not exist."); }

Answer page_missing() { return refused(404, "Page not found."); }

Answer forbidden() { return detail(403, "You do not have permission to perform this action."); }

Answer bad_payload() { return refused(400, "The payload is not valid"); }

Answer crashed() { return refused(500, "Something went wrong please try again later"); }

}  // namespace syncline::sim::plane
