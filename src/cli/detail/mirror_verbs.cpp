#include "cli/detail/verbs.hpp"

namespace syncline::cli::detail {
namespace {

CLI::App* mirror_verb(CLI::App& mirror, Command& command, MirrorVerb value, const std::string& name,
                      const std::string& about) {
    CLI::App* sub = mirror.add_subcommand(name, about);
    sub->callback([&command, value] {
        command.verb = Verb::kMirror;
        command.mirror.verb = value;
    });
    return sub;
}

void add_entity(CLI::App& sub, MirrorArgs& args, bool required) {
    CLI::Option* entity = sub.add_option("ENTITY", args.entity, "product, partner, sale_order, …; also its Odoo model");
    if (required) entity->required();
}

CLI::IsMember is_status() { return CLI::IsMember({"new", "updated", "deleted", "in_sync"}); }

void add_reading(CLI::App& mirror, Command& command) {
    MirrorArgs& args = command.mirror;
    mirror_verb(mirror, command, MirrorVerb::kStatus, "status",
                "What is mirrored, how far it has come, what is proven");
    CLI::App* table = mirror_verb(mirror, command, MirrorVerb::kTable, "table", "Records, in pages");
    add_entity(*table, args, true);
    table->add_option("--status", args.status, "Only these")->check(is_status());
    table->add_option("--search", args.search, "The beginning of the name, or a whole SKU, e-mail or number");
    table->add_option("--sku", args.sku, "Only this SKU");
    table->add_option("--email", args.email, "Only this e-mail address");
    table->add_option("--number", args.number, "Only this order, invoice or delivery");
    table->add_option("--sort", args.sort, "name, stamp (when it was last written) or id")
        ->check(CLI::IsMember({"name", "stamp", "id"}));
    table->add_flag("--descending", args.descending, "The last first");
    table->add_option("--page", args.page, "From 1")->check(CLI::PositiveNumber);
    table->add_option("--page-size", args.page_size, "Rows of a page")->check(CLI::Range(1, 200));
    CLI::App* show = mirror_verb(mirror, command, MirrorVerb::kShow, "show", "One record, whole");
    add_entity(*show, args, true);
    show->add_option("ID", args.id, "Odoo's id")->required();
    show->add_option("--as-of", args.as_of, "As it was then: 2h (ago), 2026-11-21, 2026-11-21T08:00:00Z");
    show->add_flag("--history", args.history, "And what each version changed");
    CLI::App* activity = mirror_verb(mirror, command, MirrorVerb::kActivity, "activity", "Pulls, newest first");
    add_entity(*activity, args, false);
    add_rows(*activity, command);
}

void add_pulling(CLI::App& mirror, Command& command) {
    MirrorArgs& args = command.mirror;
    CLI::App* pull = mirror_verb(mirror, command, MirrorVerb::kPull, "pull", "Bring the mirror up to date, certify it");
    CLI::Option* entities = pull->add_option("ENTITY", args.entities, "Which; see `mirror status`");
    pull->add_flag("--all", command.all, "Those of the settings; without any there, all")->excludes(entities);
    pull->add_flag("--full", command.full, "Read all contents, not only what changed");
    pull->add_flag("--accept-deletions", args.accept_deletions,
                   "When most records are missing at once: they are really gone");
    CLI::App* preview = mirror_verb(mirror, command, MirrorVerb::kPreview, "preview", "What a pull would bring");
    add_entity(*preview, args, true);
    preview->add_option("--pages", args.pages, "Of samples, 100 each")->check(CLI::Range(1, 10));
    preview->add_flag("--fresh", args.fresh, "Anew, even if the last one still holds");
    for (const auto& [value, name, about] :
         {std::tuple{MirrorVerb::kPause, "pause", "Stop a pull after what is in flight; it can go on"},
          std::tuple{MirrorVerb::kResume, "resume", "Go on with a pull that was paused"},
          std::tuple{MirrorVerb::kCancel, "cancel", "Stop a pull for good; what was read is kept"}}) {
        CLI::App* sub = mirror_verb(mirror, command, value, name, about);
        sub->add_option("PULL", command.subject, "Its entity, or its run")->required();
    }
}

void add_choosing(CLI::App& mirror, Command& command) {
    MirrorArgs& args = command.mirror;
    CLI::App* select = mirror_verb(mirror, command, MirrorVerb::kSelect, "select", "Say what shall be taken over");
    add_entity(*select, args, true);
    select->add_option("ID", args.ids, "Odoo's ids");
    CLI::Option* include = select->add_flag("--include", args.include, "Take these over");
    CLI::Option* ignore = select->add_flag("--ignore", args.ignore, "Leave these")->excludes(include);
    select->add_flag("--clear", args.clear, "By the rule again")->excludes(include)->excludes(ignore);
    select->add_flag("--all", command.all, "All that match --status and --search");
    select->add_option("--status", args.status, "With --all: only these")->check(is_status());
    select->add_option("--search", args.search, "With --all: only these");
    select->add_option("--direction", args.direction, "inbound or outbound");
    select->add_option("--rule", args.rule, "Which statuses are taken over: new,updated,deleted or none")
        ->each([&args](const std::string&) { args.rule_given = true; });
}

void add_proving(CLI::App& mirror, Command& command) {
    MirrorArgs& args = command.mirror;
    CLI::App* certificate =
        mirror_verb(mirror, command, MirrorVerb::kCertificate, "certificate", "What is proven, and as of when");
    add_entity(*certificate, args, true);
    CLI::App* prove =
        mirror_verb(mirror, command, MirrorVerb::kProve, "prove", "That one record is under the certificate");
    add_entity(*prove, args, true);
    prove->add_option("ID", args.id, "Odoo's id")->required();
    CLI::App* verify = mirror_verb(mirror, command, MirrorVerb::kVerify, "verify",
                                   "Check the mirror against its certificate and against Odoo");
    add_entity(*verify, args, false);
    verify->add_option("--sample", args.sample, "Contents that are read again")->check(CLI::Range(0, 100'000));
    CLI::Option* full = verify->add_flag("--full", command.full, "All contents");
    verify->add_flag("--offline", args.offline, "Only what the store can say")->excludes(full);
    CLI::App* drift = mirror_verb(mirror, command, MirrorVerb::kDrift, "drift", "Fields that changed in Odoo");
    add_entity(*drift, args, false);
    add_rows(*drift, command);
    CLI::App* contract =
        mirror_verb(mirror, command, MirrorVerb::kContract, "contract", "What to do when fields change");
    add_entity(*contract, args, true);
    contract->add_option("CONTRACT", args.contract, "evolve: take them; freeze: stop; discard: leave new ones out")
        ->required()
        ->check(CLI::IsMember({"evolve", "freeze", "discard"}));
    mirror_verb(mirror, command, MirrorVerb::kValidate, "validate", "Does it add up? Counts, totals, isolation");
}

}  // namespace

void add_mirror_verbs(CLI::App& app, Command& command) {
    CLI::App* mirror =
        app.add_subcommand("mirror", "Every record of Odoo in the store, with proof")->require_subcommand(1);
    add_pulling(*mirror, command);
    add_reading(*mirror, command);
    add_choosing(*mirror, command);
    add_proving(*mirror, command);
}

}  // namespace syncline::cli::detail
