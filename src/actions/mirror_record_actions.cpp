// Reading the mirror, and choosing from it.
#include <algorithm>

#include "actions/detail/instant.hpp"
#include "actions/detail/mirror_words.hpp"
#include "actions/mirror_handlers.hpp"
#include "mirror/selection.hpp"

namespace syncline::actions {
namespace {

using detail::entity_name;

Result<mirror::Sort> sort_of(const std::string& text) {
    if (text == "name") return mirror::Sort::kName;
    if (text == "stamp") return mirror::Sort::kStamp;
    if (text == "id") return mirror::Sort::kId;
    return make_error(Errc::kInvalid, "a table is not sorted by '" + text + "'", "name, stamp or id");
}

Result<mirror::Query> query_of(const MirrorTableInput& input) {
    mirror::Query query;
    query.entity = TRY(entity_name(input.entity));
    if (!input.status.empty()) query.status = TRY(mirror::parse_status(input.status));
    query.search = input.search;
    query.sku = input.sku;
    query.email = input.email;
    query.number = input.number;
    query.archived_too = input.archived;
    query.sort = TRY(sort_of(input.sort));
    query.descending = input.descending;
    query.with_data = input.raw;
    constexpr std::int64_t kPageMax = 1'000'000'000;
    query.page = static_cast<int>(std::clamp<std::int64_t>(input.page, 0, kPageMax));
    query.page_size = static_cast<int>(std::clamp<std::int64_t>(input.pageSize, 0, mirror::kPageRowsMax + 1));
    return query;
}

// What each version changed of the one before it; the oldest one shown changed nothing that is known here.
std::vector<MirrorVersionView> versions_of(const std::vector<mirror::Version>& history, std::size_t rows_max) {
    std::vector<MirrorVersionView> views;
    for (std::size_t i = 0; i < std::min(history.size(), rows_max); ++i) {
        const mirror::Version& version = history[i];
        MirrorVersionView view{version.version,
                               version.gone,
                               version.stamp,
                               version.hash,
                               version.run,
                               version.by,
                               version.edited_by,
                               format_iso(version.seen_at),
                               detail::iso_or_nothing(version.until),
                               {}};
        if (i + 1 < history.size()) {
            const json::Object& before = history[i + 1].data;
            for (const auto& [field, value] : version.data) {
                const json::Value* old = before.if_contains(field);
                if (!old || *old != value) view.changes.push_back({field, old ? *old : json::Value(), value});
            }
            for (const auto& [field, value] : before) {
                if (!version.data.contains(field)) view.changes.push_back({field, value, json::Value()});
            }
        }
        views.push_back(std::move(view));
    }
    return views;
}

Result<mirror::Rule> rule_of(const std::vector<std::string>& words) {
    mirror::Rule rule;
    for (const std::string& word : words) {
        if (word == "new") {
            rule.include_new = true;
        } else if (word == "updated") {
            rule.include_updated = true;
        } else if (word == "deleted") {
            rule.include_deleted = true;
        } else {
            return make_error(Errc::kInvalid, "a rule does not know '" + word + "'", "new, updated, deleted");
        }
    }
    return rule;
}

Result<mirror::Choice> choice_of(const std::string& word) {
    if (word == "include") return mirror::Choice::kInclude;
    if (word == "ignore") return mirror::Choice::kIgnore;
    if (word == "clear") return mirror::Choice::kNone;
    return make_error(Errc::kInvalid, "there is no choice '" + word + "'", "include, ignore or clear");
}

struct Selecting {
    Services& services;
    const MirrorSelectInput& input;
    std::string entity;
    mirror::Direction direction;
};

Result<std::int64_t> apply(pg::Transaction& tx, const Selecting& it) {
    const mirror::Source source = it.services.mirror_source();
    const mirror::Chooser chooser{it.services.config.caller, it.services.clock.now()};
    if (it.input.rule) {
        TRY(mirror::set_rule(tx, source, it.entity, it.direction, TRY(rule_of(*it.input.rule)), chooser));
    }
    if (it.input.choice.empty()) return std::int64_t{0};
    const mirror::Choice choice = TRY(choice_of(it.input.choice));
    if (!it.input.all) return mirror::choose(tx, source, it.entity, it.direction, it.input.ids, choice, chooser);
    mirror::Query query;
    query.entity = it.entity;
    if (!it.input.status.empty()) query.status = TRY(mirror::parse_status(it.input.status));
    query.search = it.input.search;
    return mirror::choose_all(tx, source, it.direction, query, choice, chooser);
}

Result<void> check(const MirrorSelectInput& input) {
    if (input.choice.empty() && (input.all || !input.ids.empty())) {
        return make_error(Errc::kInvalid, "records are named, and not what shall become of them",
                          "include, ignore or clear");
    }
    if (!input.choice.empty() && input.all == !input.ids.empty()) {
        return make_error(Errc::kInvalid, "a choice is for ids, or for all that match", "name ids, or say all");
    }
    return ok();
}

}  // namespace

Result<MirrorTable> mirror_table(Services& services, const MirrorTableInput& input) {
    const mirror::Query query = TRY(query_of(input));
    const mirror::Page page =
        TRY(services.transact([&](pg::Transaction& tx) { return mirror::page(tx, services.mirror_source(), query); }));
    MirrorTable table;
    for (const mirror::Record& record : page.records) {
        table.data.push_back({record.external_id, std::string(mirror::to_string(record.status)),
                              detail::display_of(record), record.data});
    }
    table.rowCount = page.row_count;
    table.more = page.more_than_counted;
    table.page = query.page;
    table.pageSize = query.page_size;
    return table;
}

Result<MirrorRecordView> mirror_show(Services& services, const MirrorShowInput& input) {
    constexpr std::int64_t kVersionsMax = 200;
    const std::string entity = TRY(entity_name(input.entity));
    const std::optional<Time> as_of = TRY(detail::instant_of(input.as_of, services.clock.now()));
    const std::int64_t rows = std::clamp<std::int64_t>(input.rows_max, 1, kVersionsMax);
    std::vector<mirror::Version> history;
    const mirror::Record record = TRY(services.transact([&](pg::Transaction& tx) -> Result<mirror::Record> {
        const mirror::Source source = services.mirror_source();
        if (input.history) {
            history = TRY(mirror::history(tx, source, entity, input.id, static_cast<int>(rows) + 1));
        }
        return mirror::record(tx, source, entity, input.id, as_of);
    }));
    MirrorRecordView view;
    view.entity = entity;
    view.external_id = record.external_id;
    view.version = record.version;
    view.status = mirror::to_string(record.status);
    view.active = record.active;
    view.gone = record.gone;
    view.gone_why = record.gone_why;
    view.display = detail::display_of(record);
    view.stamp = record.stamp;
    view.hash = record.hash;
    view.run = record.run;
    view.seen_at = format_iso(record.seen_at);
    view.raw = record.data;
    view.versions = versions_of(history, static_cast<std::size_t>(rows));
    return view;
}

Result<MirrorSelection> mirror_select(Services& services, const MirrorSelectInput& input) {
    TRY(check(input));
    const auto entity = TRY(entity_name(input.entity));
    const auto direction = TRY(mirror::parse_direction(input.direction));
    const Selecting it{services, input, entity, direction};
    MirrorSelection selection;
    selection.entity = it.entity;
    selection.direction = mirror::to_string(it.direction);
    return services.transact([&](pg::Transaction& tx) -> Result<MirrorSelection> {
        const mirror::Source source = services.mirror_source();
        selection.changed = TRY(apply(tx, it));
        const mirror::Rule rule = TRY(mirror::rule(tx, source, it.entity, it.direction));
        if (rule.include_new) selection.rule.emplace_back("new");
        if (rule.include_updated) selection.rule.emplace_back("updated");
        if (rule.include_deleted) selection.rule.emplace_back("deleted");
        const mirror::SelectionCounts counts = TRY(mirror::selection_counts(tx, source, it.entity, it.direction));
        selection.selected = counts.selected;
        selection.ignored = counts.ignored;
        selection.waiting = counts.waiting;
        return selection;
    });
}

}  // namespace syncline::actions
