#include "promote/detail/plan_rows.hpp"

#include "base/text.hpp"

namespace syncline::promote::detail {
namespace {

Counts counts_of(const json::Value& value) {
    Counts counts;
    counts.entity = json::text_or(value, "entity");
    counts.created = json::integer_or(value, "created");
    counts.updated = json::integer_or(value, "updated");
    counts.archived = json::integer_or(value, "archived");
    counts.unchanged = json::integer_or(value, "unchanged");
    counts.quarantined = json::integer_or(value, "quarantined");
    if (const json::Value* reasons = json::find(value, "reasons"); reasons && reasons->is_object()) {
        for (const auto& [reason, count] : reasons->get_object())
            counts.reasons[std::string(reason)] = count.as_int64();
    }
    return counts;
}

Sample sample_of(const json::Value& value) {
    Sample sample;
    sample.entity = json::text_or(value, "entity");
    sample.external_id = json::integer_or(value, "external_id");
    sample.name = json::text_or(value, "name");
    sample.action = json::text_or(value, "action");
    sample.detail = json::text_or(value, "detail");
    if (const json::Value* changes = json::find(value, "changes"); changes && changes->is_array()) {
        sample.changes = changes->get_array();
    }
    return sample;
}

Result<json::Array> array_in(const pg::Rows& rows, std::size_t row, std::string_view column) {
    json::Value value = TRY(json::parse(rows.text(row, column)));
    return value.is_array() ? std::move(value.get_array()) : json::Array();
}

}  // namespace

json::Array to_json(const std::vector<Counts>& counts) {
    json::Array all;
    for (const Counts& one : counts) {
        json::Object reasons;
        for (const auto& [reason, count] : one.reasons) reasons[reason] = count;
        all.push_back(json::Object{{"entity", one.entity},
                                   {"created", one.created},
                                   {"updated", one.updated},
                                   {"archived", one.archived},
                                   {"unchanged", one.unchanged},
                                   {"quarantined", one.quarantined},
                                   {"reasons", reasons}});
    }
    return all;
}

json::Array to_json(const std::vector<Sample>& samples) {
    json::Array all;
    for (const Sample& one : samples) {
        all.push_back(json::Object{{"entity", one.entity},
                                   {"external_id", one.external_id},
                                   {"name", one.name},
                                   {"action", one.action},
                                   {"detail", one.detail},
                                   {"changes", one.changes}});
    }
    return all;
}

Result<Plan> plan_of(const pg::Rows& rows, std::size_t row) {
    Plan plan;
    plan.id = rows.text(row, "plan");
    plan.hash = rows.text(row, "hash");
    plan.state = rows.text(row, "state");
    plan.entities = split(rows.text(row, "entities"), ' ');
    plan.asked_by = rows.text(row, "asked_by");
    plan.asked_at = Time(Micros(rows.integer(row, "asked_us")));
    plan.expires_at = Time(Micros(rows.integer(row, "expires_us")));
    plan.lines = rows.integer(row, "lines");
    for (const json::Value& one : TRY(array_in(rows, row, "counts"))) plan.counts.push_back(counts_of(one));
    for (const json::Value& one : TRY(array_in(rows, row, "samples"))) plan.samples.push_back(sample_of(one));
    plan.approved_by = rows.text(row, "approved_by");
    if (!rows.is_null(row, "approved_us")) plan.approved_at = Time(Micros(rows.integer(row, "approved_us")));
    plan.run = rows.text(row, "run");
    plan.done_to = rows.integer(row, "done_to");
    return plan;
}

}  // namespace syncline::promote::detail
