#include "cli/detail/verbs.hpp"

namespace syncline::cli::detail {
namespace {

void add_who(CLI::App& sub, PromoteArgs& args, const std::string& about) { sub.add_option("--by", args.by, about); }

void add_decision(CLI::App& promote, Command& command, Verb value, const std::string& name, const std::string& about) {
    PromoteArgs& args = command.promote;
    CLI::App* sub = verb(promote, command, value, name, about);
    sub->add_option("HASH", args.hash, "The plan's, or its first 8 characters or more")->required();
    sub->add_option("--why", args.why, "The reason, for the decision log")->required();
    add_who(*sub, args, "Who decides: not who asked for the plan. Else you");
}

}  // namespace

void add_promote_verbs(CLI::App& app, Command& command) {
    PromoteArgs& args = command.promote;
    CLI::App* promote =
        app.add_subcommand("promote", "Take what is selected over into the core")->require_subcommand(1);
    CLI::App* plan = verb(*promote, command, Verb::kPromotePlan, "plan", "What would be done; does nothing");
    plan->add_option("ENTITY", args.entities, "Only these: products, orders, partner, …; else all");
    add_who(*plan, args, "Who asks for it. Else you");
    add_decision(*promote, command, Verb::kPromoteApprove, "approve", "Say yes to a plan, as a second person");
    add_decision(*promote, command, Verb::kPromoteReject, "reject", "Say no to it");
    CLI::App* apply = verb(*promote, command, Verb::kPromoteApply, "apply", "Do exactly what an approved plan says");
    apply->add_option("HASH", args.hash, "The plan's, or its first 8 characters or more")->required();
    CLI::App* undo = verb(*promote, command, Verb::kPromoteUndo, "undo", "Take a promotion back");
    undo->add_option("RUN", args.run, "Its run, as apply printed it")->required();
    undo->add_option("--why", args.why, "The reason, for the decision log");
    add_who(*undo, args, "Who takes it back. Else you");
    verb(*promote, command, Verb::kPromoteStatus, "status", "What is in the core, and what waits");
    CLI::App* held =
        verb(*promote, command, Verb::kPromoteQuarantine, "quarantine", "What cannot be taken over, and why");
    held->add_option("--entity", args.entity, "Only of these");
    held->add_option("--reason", args.reason, "Only for this reason: sku_conflict, reference_waiting, …");
    CLI::App* decisions = verb(app, command, Verb::kDecisions, "decisions", "Who decided what, knowing which risks");
    for (CLI::App* sub : {held, decisions}) add_rows(*sub, command);
}

}  // namespace syncline::cli::detail
