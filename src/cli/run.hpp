// From a command to an action to what is printed.
#pragma once

#include <string>

#include "actions/services.hpp"
#include "cli/command.hpp"
#include "cli/style.hpp"

namespace syncline::cli {

struct Answer {
    int exit_code = 0;
    std::string text;  // for standard output
};

// The verbs that are one action each: all but serve, connect, sim and demo.
bool is_action(Verb verb);
Result<Answer> answer(actions::Services& services, const Command& command, const Style& style);

// Those that read no settings and open no store: the table of actions, a proof of an exported ledger.
bool needs_no_installation(const Command& command);
Result<Answer> answer_alone(const Command& command, const Style& style);

// The table of actions.
Answer list_actions(const Command& command, const Style& style);
// How a report of doctor is answered when there is nothing to ask yet.
Answer answer_doctor(const actions::DoctorReport& report, const Command& command, const Style& style);

}  // namespace syncline::cli
