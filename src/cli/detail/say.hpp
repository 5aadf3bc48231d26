// An action's answer as this command wants it: exact for programs, readable for people.
#pragma once

#include "actions/handlers.hpp"
#include "actions/mirror_handlers.hpp"
#include "cli/exit_code.hpp"
#include "cli/render.hpp"
#include "cli/run.hpp"

namespace syncline::cli::detail {

template <typename Out>
Answer say_json(const Out& out, int exit_code) {
    return {exit_code, json::canonical(to_json(out)) + "\n"};
}

template <typename Out>
Answer say(const Out& out, const Command& command, const Style& style, int exit_code = kOk) {
    if (command.globals.json) return say_json(out, exit_code);
    return {exit_code, render(out, style)};
}

}  // namespace syncline::cli::detail
