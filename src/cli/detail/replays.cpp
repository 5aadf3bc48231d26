#include "cli/detail/replays.hpp"

#include "cli/detail/say.hpp"

namespace syncline::cli::detail {

namespace {

std::string command_of(const ReplayArgs& args, const Style& style) {
    std::string out = style.program + " replay";
    if (!args.what.empty()) out += " " + shell_word(args.what);
    const std::pair<const char*, const std::string*> options[] = {
        {" --endpoint ", &args.endpoint}, {" --state ", &args.state}, {" --from ", &args.from}, {" --to ", &args.to}};
    for (const auto& [name, value] : options) {
        if (!value->empty()) out += name + shell_word(*value);
    }
    return out + " --yes";
}

// The sums of both; the samples of the first.
void add(actions::ReplayReport& sum, const actions::ReplayReport& page) {
    sum.receipts += page.receipts;
    sum.looks += page.looks;
    sum.looks_added += page.looks_added;
    sum.about_nothing += page.about_nothing;
    sum.waiting += page.waiting;
    sum.forgotten += page.forgotten;
    sum.next_before = page.next_before;
}

}  // namespace

Result<Answer> replay(actions::Services& services, const Command& command, const Style& style) {
    const ReplayArgs& args = command.replay;
    actions::ReplayInput input{args.what, args.endpoint, args.state, args.from, args.to, 0, args.yes};
    actions::ReplayReport report = TRY(actions::inbox_replay(services, input));
    // Page by page, each a transaction: what was done stays done when a later one fails.
    while (args.yes && report.next_before > 0) {
        input.before = report.next_before;
        add(report, TRY(actions::inbox_replay(services, input)));
    }
    if (command.globals.json) return say_json(report, kOk);
    return Answer{kOk, render(report, style, command_of(args, style))};
}

}  // namespace syncline::cli::detail
