#include "cli/detail/verbs.hpp"

namespace syncline::cli::detail {

CLI::App* verb(CLI::App& app, Command& command, Verb value, const std::string& name, const std::string& about) {
    CLI::App* sub = app.add_subcommand(name, about);
    sub->callback([&command, value, sub] {
        if (sub->get_subcommands().empty()) command.verb = value;
    });
    return sub;
}

void add_rows(CLI::App& sub, Command& command) {
    sub.add_option("--rows", command.rows_max, "At most so many")->check(CLI::Range(1, 10000));
}

namespace {

CLI::IsMember is_state() {
    return CLI::IsMember({"received", "processing", "processed", "failed", "parked", "dead", "quarantined"});
}

void add_inbox(CLI::App& app, Command& command) {
    CLI::App* inbox = verb(app, command, Verb::kInbox, "inbox", "What was received, and what became of it");
    CLI::App* list = verb(*inbox, command, Verb::kInbox, "list", "All of it; the same as `inbox` alone");
    for (CLI::App* sub : {inbox, list}) {
        sub->add_option("--state", command.inbox.state, "Only these")->check(is_state());
        sub->add_option("--endpoint", command.inbox.endpoint, "Only what came to this address");
        sub->add_option("--subject", command.inbox.subject, "Only about this: plane/item/ID, odoo/project.task/42");
        sub->add_option("--before", command.inbox.before, "Only lower numbers: the next page");
        add_rows(*sub, command);
    }
    CLI::App* show = verb(*inbox, command, Verb::kInboxShow, "show", "One receipt: headers, body, what it caused");
    show->add_option("ID", command.id, "Its number")->required();
}

void add_replay(CLI::App& app, Command& command) {
    ReplayArgs& args = command.replay;
    CLI::App* replay = verb(app, command, Verb::kReplay, "replay",
                            "Look again at what was received, or at one record; shows first, --yes does it");
    replay->add_option("WHAT", args.what, "A receipt's number, plane/item/ID, task/odoo/42, or a piece of the title");
    replay->add_option("--endpoint", args.endpoint, "All that came to this address");
    replay->add_option("--state", args.state, "All in this state")->check(is_state());
    replay->add_option("--from", args.from, "All since: 2h (ago), 2026-11-21, 2026-11-21T08:00:00Z");
    replay->add_option("--to", args.to, "All before");
    CLI::Option* dry = replay->add_flag("--dry-run", args.dry_run, "Only show it; so it is without --yes, too");
    replay->add_flag("--yes", args.yes, "Do it. Harmless: a look writes only where both sides differ")->excludes(dry);
}

void add_dlq(CLI::App& app, Command& command) {
    CLI::App* dlq = verb(app, command, Verb::kDlq, "dlq", "Jobs that were given up, and what to do about each");
    CLI::App* list = verb(*dlq, command, Verb::kDlq, "list", "All of them; the same as `dlq` alone");
    for (CLI::App* sub : {dlq, list}) add_rows(*sub, command);
    CLI::App* show = verb(*dlq, command, Verb::kDlqShow, "show", "One of them");
    show->add_option("ID", command.id, "Its number")->required();
    CLI::App* retry = verb(*dlq, command, Verb::kDlqRetry, "retry", "Back into the queue");
    CLI::Option* one = retry->add_option("ID", command.id, "Its number");
    CLI::Option* all = retry->add_flag("--all", command.all, "All of them");
    one->excludes(all);
    CLI::App* drop = verb(*dlq, command, Verb::kDlqDrop, "drop", "Give it up for good; it is kept with the reason");
    drop->add_option("ID", command.id, "Its number")->required();
    drop->add_option("--why", command.why, "The reason, for those who look later")->required();
}

}  // namespace

void add_event_verbs(CLI::App& app, Command& command) {
    add_inbox(app, command);
    add_replay(app, command);
    add_dlq(app, command);
    verb(app, command, Verb::kHooks, "hooks", "The addresses that receive, and what to enter where");
}

void add_proof_verbs(CLI::App& app, Command& command) {
    CLI::App* alerts = verb(app, command, Verb::kAlerts, "alerts", "What needs a person, each with its cure");
    alerts->add_flag("--all", command.all, "Those that are over, too");
    CLI::App* trace = verb(app, command, Verb::kTrace, "trace", "The whole story of a change");
    trace
        ->add_option("ID", command.subject,
                     "A correlation or run, receipt/12, job/7, task/odoo/42, plane/item/ID, or a record's id")
        ->required();
    for (CLI::App* sub : {alerts, trace}) add_rows(*sub, command);
    CLI::App* verify = verb(app, command, Verb::kVerifyLedger, "verify-ledger", "Prove that nobody touched the ledger");
    verify->add_option("--file", command.ledger.file, "An export; needs no store. Else the store's own ledger");
    verify->add_option("--head", command.ledger.head, "The head as you noted it before: NUMBER:HASH");
    CLI::App* ledger = app.add_subcommand("ledger", "Work on the ledger")->require_subcommand(1);
    CLI::App* write = verb(*ledger, command, Verb::kLedgerExport, "export", "Every entry, one JSON object a line");
    write->add_option("--out", command.ledger.out, "The file to write; else standard output");
}

}  // namespace syncline::cli::detail
