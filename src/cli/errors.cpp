#include "cli/errors.hpp"

#include "cli/exit_code.hpp"
#include "json/json.hpp"

namespace syncline::cli {

std::string render_error(const Error& error, bool as_json, bool color) {
    if (as_json) {
        json::Object details;
        for (const auto& [key, value] : error.details) details[key] = value;
        return json::canonical(json::Object{{"error", json::Object{{"code", to_string(error.code)},
                                                                   {"message", error.message},
                                                                   {"hint", error.hint},
                                                                   {"details", details},
                                                                   {"exit_code", exit_code(error.code)}}}}) +
               "\n";
    }
    std::string out = color ? "\x1b[31merror:\x1b[0m " : "error: ";
    out += error.message + " (" + std::string(to_string(error.code)) + ")\n";
    if (!error.hint.empty()) out += "  " + error.hint + "\n";
    return out;
}

}  // namespace syncline::cli
