// What to do when Odoo will never answer a read as it was asked: find the field or the record, and go on without it.
#include <algorithm>

#include "mirror/detail/contract.hpp"
#include "mirror/detail/work.hpp"

namespace syncline::mirror::detail {
namespace {

ReadingPlan with_fields(const ReadingPlan& plan, const std::vector<std::string>& fields) {
    ReadingPlan part = plan;
    part.attached.clear();
    part.in_table.clear();
    for (Column& column : part.columns) {
        if (std::ranges::find(fields, column.field) == fields.end()) column.kept = Kept::kLeftOut;
    }
    std::erase_if(part.in_table, [&](const std::string& f) { return std::ranges::find(fields, f) == fields.end(); });
    return part;
}

}  // namespace

Result<void> Work::isolate(const Trouble& trouble) {
    const ReadingPlan bare = with_fields(plan_, {});
    const Result<RawChunk> read = fetch_patiently(bare, trouble.ids);
    if (!read.ok()) return is_outage(read.error()) ? read.error() : isolate_records(bare, trouble.ids);
    std::vector<std::string> fields = fields_kept(plan_.columns, Kept::kValue);
    std::erase(fields, "id");
    const std::vector<std::string> found = TRY(culprits(trouble.ids, std::move(fields)));
    if (!found.empty()) return leave_out(found, trouble.error);
    // No column by value: then it is how the binary ones are asked for.
    const std::vector<std::string> hashed = fields_kept(plan_.columns, Kept::kHash);
    if (hashed.empty() || plan_.attached.size() + plan_.in_table.size() == 0) {
        // Alone, each works: somebody else's change may have come between. The next pass tells.
        const Result<RawChunk> alone = fetch_patiently(plan_, trouble.ids);
        if (alone.ok()) return ok();
        return is_outage(alone.error()) ? alone.error() : trouble.error;
    }
    return leave_out(hashed, trouble.error);
}

Result<std::vector<std::string>> Work::culprits(const std::vector<std::int64_t>& ids, std::vector<std::string> fields) {
    const Result<RawChunk> read = fetch_patiently(with_fields(plan_, fields), ids);
    if (read.ok() || fields.empty()) return std::vector<std::string>{};
    if (is_outage(read.error())) return read.error();  // no field's fault
    if (fields.size() == 1) return fields;
    const auto middle = fields.begin() + static_cast<std::ptrdiff_t>(fields.size() / 2);
    std::vector<std::string> found = TRY(culprits(ids, {fields.begin(), middle}));
    for (std::string& field : TRY(culprits(ids, {middle, fields.end()}))) found.push_back(std::move(field));
    return found;
}

Result<void> Work::isolate_records(const ReadingPlan& bare, const std::vector<std::int64_t>& ids) {
    const Result<RawChunk> read = fetch_patiently(bare, ids);
    if (read.ok()) return ok();
    if (is_outage(read.error())) return read.error();
    if (ids.size() > 1) {
        const auto middle = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
        TRY(isolate_records(bare, {ids.begin(), middle}));
        return isolate_records(bare, {middle, ids.end()});
    }
    if (unreadable_.size() >= kErrorsMax) return read.error();  // not a record's fault any more
    unreadable_.insert(ids.front());
    note_error({ids.front(), "", read.error().message});
    return ok();
}

Result<void> Work::leave_out(const std::vector<std::string>& fields, const Error& error) {
    for (const std::string& field : fields) {
        Column* const column = find_column(plan_.columns, field);
        column->kept = Kept::kLeftOut;
        column->reason = std::string(kUnreadable) + error.message;
        std::erase(plan_.attached, field);
        std::erase(plan_.in_table, field);
        note_error({0, field, error.message});
    }
    row_.plan = plan_digest(plan_);
    row_.since.clear();  // all is read now
    replanned_ = true;
    return tools_.database.run(tools_.settings.source.org.text(), [&](pg::Transaction& tx) {
        return save_columns(tx, tools_.settings.source, row_.entity, plan_.columns, tools_.clock.now());
    });
}

}  // namespace syncline::mirror::detail
