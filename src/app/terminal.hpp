// Standard output and error as the program uses them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/style.hpp"
#include "vault/secret.hpp"

namespace syncline::app {

bool out_is_terminal();
bool error_is_terminal();
void print(std::string_view text);        // to standard output, at once
void print_error(std::string_view text);  // to standard error, at once

// Colour only on a terminal; `program` is how to call this program again on the same home.
cli::Style style_of(const cli::Globals& globals);
// The absolute path of this program, for commands that work when pasted.
std::string program_path();

// Asks on the terminal; "" when there is none, or at the end of input.
std::string ask(std::string_view question);
vault::Secret ask_secret(std::string_view question);  // without echo

}  // namespace syncline::app
