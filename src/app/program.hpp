// The program: from the command line to the exit code. main() only calls it.
#pragma once

#include <string>
#include <vector>

namespace syncline::app {

int run_program(const std::vector<std::string>& arguments);

}  // namespace syncline::app
