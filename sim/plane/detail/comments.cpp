// Comments: stored as they come (no sanitising here), open to guests.
#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/show.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

json::Object with_member(Call& call, const Row& row) { return show(call, kCommentModel, row, {{"is_member", true}}); }

Note comment_note(std::string_view verb, const Row& row) {
    Note note;
    note.verb = std::string(verb);
    note.field = "comment";
    note.after = row.v.at("comment_html");
    note.comment = std::string(verb) + " the comment";
    note.after_id = row.v.at("id");
    return note;
}

Answer create_comment(Call& call) {
    Checked checked = call.check(kCommentModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().comments, *pair)) return same_pair("Work item comment", *other);
    }
    if (call.b().items.find(call.arg("item")) == nullptr) return bad_payload();
    json::Object values = call.world.born(kCommentModel, call.user, call.project());
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["issue"] = call.arg("item");
    values["actor"] = call.user;
    values["description"] = call.world.uuid();
    // The author and the instant of the request win, after the record was made.
    values["created_at"] = stamp(call.world.tick());
    if (const auto time = read_time(text_of(call.body, "created_at"), call.zone)) values["created_at"] = stamp(*time);
    const std::string_view author = text_of(call.body, "created_by");
    if (call.world.exists("user", author)) values["created_by"] = author;
    Row& row = call.b().comments.add(std::move(values));
    json::Object shown = show(call, kCommentModel, row);
    if (shown.contains("updated_by")) shown["updated_by"] = call.user;
    touch_later(call.world, call.arg("item"), call.user, {comment_note("created", row)});
    announce_created(call.world, Event::kComment, row.text("id"), call.user);
    return created(std::move(shown));
}

Answer patch_comment(Call& call, Row& row) {
    const json::Object before = show(kCommentModel, row, "UTC");
    if (pair_taken(call, call.b().comments, row)) return same_pair("Work item comment", row);
    Checked checked = call.check(kCommentModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    assign(row, checked.values);
    call.b().comments.reindex(row);
    call.world.written(row, call.user);
    touch_later(call.world, call.arg("item"), call.user, {comment_note("updated", row)});
    announce_updated(call.world, Event::kComment, row.text("id"), call.user, changes(before, call.body));
    return ok(show(call, kCommentModel, row));
}

}  // namespace

Answer comments(Call& call) {
    if (call.is("POST")) return create_comment(call);
    Rows rows;
    if (!project_archived(call)) {
        for (const Row* row : call.b().comments.of(call.arg("item"))) rows.push_back(row);
    }
    newest_first(rows);
    return page(call, rows, [&](const Row& row) { return with_member(call, row); });
}

Answer comment(Call& call) {
    Row* row = call.b().comments.find(call.arg("id"));
    if (row == nullptr || row->text("issue") != call.arg("item")) return missing();
    if (call.is("GET")) return ok(with_member(call, *row));
    if (call.is("PATCH")) return patch_comment(call, *row);
    row->v["deleted_at"] = stamp(call.world.tick());
    touch_later(call.world, call.arg("item"), call.user, {comment_note("deleted", *row)});
    return no_content();
}

}  // namespace syncline::sim::plane
