// The command line, read. The only place that knows the options' spelling.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/command.hpp"

namespace syncline::cli {

// Nothing to do but to say something: help, the version, or what is wrong with the command line.
struct Say {
    int exit_code = 0;
    std::string text;  // to standard output when exit_code is 0, else to standard error
};

// `arguments` without the program's name.
std::variant<Command, Say> parse(const std::vector<std::string>& arguments);

}  // namespace syncline::cli
