// Parts of the command line, read by the option library.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/command.hpp"

namespace syncline::cli::detail {

// A verb: its subcommand, which sets `command.verb` unless one of its own subcommands does. (The option library calls
// the innermost first.)
CLI::App* verb(CLI::App& app, Command& command, Verb value, const std::string& name, const std::string& about);
// --rows
void add_rows(CLI::App& sub, Command& command);

// What was received, what was given up, looking again, the addresses that receive.
void add_event_verbs(CLI::App& app, Command& command);
// Alerts, the story of a change, the ledger.
void add_proof_verbs(CLI::App& app, Command& command);
// Taking over into the core, and the decision log (verbs_promote.cpp).
void add_promote_verbs(CLI::App& app, Command& command);
// The mirror of Odoo.
void add_mirror_verbs(CLI::App& app, Command& command);

}  // namespace syncline::cli::detail
