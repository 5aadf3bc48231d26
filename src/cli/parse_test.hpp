// A command line that is right, as it was understood.
#pragma once

#include <gtest/gtest.h>

#include "cli/parse.hpp"

namespace syncline::cli {

inline Command parsed(const std::vector<std::string>& arguments) {
    const auto result = parse(arguments);
    const Command* command = std::get_if<Command>(&result);
    EXPECT_NE(command, nullptr) << std::get<Say>(result).text;
    return command ? *command : Command{};
}

}  // namespace syncline::cli
