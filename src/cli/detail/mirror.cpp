#include "cli/detail/mirror.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/detail/say.hpp"

namespace syncline::cli::detail {
namespace {

using actions::Services;

Result<Answer> pull(Services& services, const Command& command, const Style& style) {
    const MirrorArgs& args = command.mirror;
    const actions::MirrorPullReport report =
        TRY(actions::mirror_pull(services, {args.entities, command.all, command.full, 0, args.accept_deletions}));
    const bool whole = std::ranges::all_of(report.pulls, [](const actions::MirrorPullView& pull) {
        return pull.state == "absent" || (pull.state == "done" && pull.certificate == "certified");
    });
    return say(report, command, style, whole ? kOk : kFailed);
}

Result<Answer> table(Services& services, const Command& command, const Style& style) {
    const MirrorArgs& args = command.mirror;
    actions::MirrorTableInput input;
    input.entity = args.entity;
    input.status = args.status;
    input.search = args.search;
    input.sku = args.sku;
    input.email = args.email;
    input.number = args.number;
    input.sort = args.sort;
    input.descending = args.descending;
    input.raw = command.globals.json;
    input.page = args.page;
    input.pageSize = args.page_size;
    return say(TRY(actions::mirror_table(services, input)), command, style);
}

Result<Answer> select(Services& services, const Command& command, const Style& style) {
    const MirrorArgs& args = command.mirror;
    actions::MirrorSelectInput input;
    input.entity = args.entity;
    input.direction = args.direction;
    input.choice = args.include ? "include" : args.ignore ? "ignore" : args.clear ? "clear" : "";
    input.ids = args.ids;
    input.all = command.all;
    input.status = args.status;
    input.search = args.search;
    if (args.rule_given) {
        input.rule.emplace();
        if (args.rule != "none") input.rule = split(args.rule, ',');
    }
    return say(TRY(actions::mirror_select(services, input)), command, style);
}

Result<Answer> verify(Services& services, const Command& command, const Style& style) {
    const MirrorArgs& args = command.mirror;
    const actions::MirrorVerified verified =
        TRY(actions::mirror_verify(services, {args.entity, args.sample, command.full, args.offline}));
    return say(verified, command, style, verified.good ? kOk : kFailed);
}

Result<Answer> control(Services& services, const Command& command, const Style& style) {
    const MirrorVerb verb = command.mirror.verb;
    const std::string what = verb == MirrorVerb::kPause ? "pause" : verb == MirrorVerb::kResume ? "resume" : "cancel";
    return say(TRY(actions::mirror_control(services, {command.subject, what})), command, style);
}

}  // namespace

Result<Answer> mirror(Services& services, const Command& command, const Style& style) {
    const MirrorArgs& args = command.mirror;
    switch (args.verb) {
        case MirrorVerb::kPull: return pull(services, command, style);
        case MirrorVerb::kStatus: return say(TRY(actions::mirror_status(services, {})), command, style);
        case MirrorVerb::kTable: return table(services, command, style);
        case MirrorVerb::kShow:
            return say(TRY(actions::mirror_show(services, {args.entity, args.id, args.as_of, args.history, 20})),
                       command, style);
        case MirrorVerb::kPreview:
            return say(TRY(actions::mirror_preview(services, {args.entity, args.pages, args.fresh})), command, style);
        case MirrorVerb::kSelect: return select(services, command, style);
        case MirrorVerb::kCertificate: {
            const actions::MirrorCertificate made = TRY(actions::mirror_certificate(services, {args.entity}));
            return say(made, command, style, made.status == "certified" ? kOk : kFailed);
        }
        case MirrorVerb::kProve:
            return say(TRY(actions::mirror_prove(services, {args.entity, args.id})), command, style);
        case MirrorVerb::kVerify: return verify(services, command, style);
        case MirrorVerb::kDrift:
            return say(TRY(actions::mirror_drift(services, {args.entity, command.rows_max})), command, style);
        case MirrorVerb::kContract:
            return say(TRY(actions::mirror_contract(services, {args.entity, args.contract})), command, style);
        case MirrorVerb::kPause:
        case MirrorVerb::kResume:
        case MirrorVerb::kCancel: return control(services, command, style);
        case MirrorVerb::kActivity:
            return say(TRY(actions::mirror_activity(services, {args.entity, command.rows_max})), command, style);
        case MirrorVerb::kValidate: break;
    }
    const actions::MirrorValidation validation = TRY(actions::mirror_validate(services, {}));
    return say(validation, command, style, validation.good ? kOk : kFailed);
}

}  // namespace syncline::cli::detail
