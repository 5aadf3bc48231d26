#include "sim/plane/detail/adopt.hpp"

#include <algorithm>

#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

const Model* model_of(std::string_view kind) {
    constexpr std::pair<std::string_view, const Model*> kModels[] = {
        {"user", &kUserModel},
        {"project", &kProjectModel},
        {"member", &kMemberModel},
        {"state", &kStateModel},
        {"label", &kLabelModel},
        {"cycle", &kCycleModel},
        {"module", &kModuleModel},
        {"item", &kItemModel},
        {"comment", &kCommentModel},
        {"link", &kLinkModel},
        {"activity", &kActivityModel},
        {"attachment", &kAttachmentModel},
        {"cycle_item", &kCycleItemModel},
        {"module_item", &kModuleItemModel},
        {"relation", &kRelationModel},
    };
    for (const auto& [name, model] : kModels) {
        if (name == kind) return model;
    }
    return nullptr;
}

json::Object with_id(json::Object record, std::string_view id) {
    record["id"] = id;
    return record;
}

json::Value stored(const Field& field, const json::Value& shown) {
    if (field.kind != Kind::kTime || !shown.is_string()) return shown;
    const auto time = read_time(std::string_view(shown.get_string()), "UTC");
    return time ? json::Value(stamp(*time)) : json::Value(nullptr);
}

}  // namespace

bool adopt_record(World& world, const std::string& kind, const json::Object& record) {
    if (kind == "workspace") {
        world.b.workspace = std::string(text_of(record, "id"));
        return true;
    }
    if (kind == "sequence") {
        world.b.sequences[std::string(text_of(record, "id"))] =
            static_cast<std::int64_t>(number_of(record, "next")) - 1;
        world.b.top_of_state[std::string(text_of(record, "state"))] = number_of(record, "sort_order") - kOrderStep;
        return true;
    }
    const Model* model = model_of(kind);
    Table* table = world.table_of(kind);
    const std::string id(text_of(record, "id"));
    if (model == nullptr || table == nullptr || id.empty()) return false;
    Row* row = table->find_any(id);
    if (kind == "member" && row == nullptr) {
        // One seat per person and project, whatever it is called.
        for (Row* seat : table->of(text_of(record, "project"))) {
            if (seat->text("member") == text_of(record, "member")) row = seat;
        }
        if (row != nullptr) return adopt_record(world, kind, with_id(record, row->text("id")));
    }
    const bool fresh = row == nullptr;
    json::Object values = row == nullptr ? world.born(*model, {}, {}) : json::Object(row->v);
    values["id"] = id;
    for (const Field& field : model->fields) {
        const json::Value* shown = record.if_contains(field.name);
        if (shown != nullptr) values[field.name] = stored(field, *shown);
    }
    if (row != nullptr) {
        row->v = std::move(values);
        table->reindex(*row);
    } else {
        row = &table->add(std::move(values));
    }
    // Whatever is written from now on is later than what was shown.
    for (const std::string_view field : {"created_at", "updated_at"}) {
        if (record.contains(field) && row->v.contains(field)) world.b.last = std::max(world.b.last, row->time(field));
    }
    if (kind == "item" && fresh) {
        std::int64_t& last = world.b.sequences[std::string(row->text("project"))];
        last = std::max(last, static_cast<std::int64_t>(row->number("sequence_id")));
    }
    if (kind == "item") world.b.top_of_state.erase(std::string(row->text("state")));
    if (kind == "user" && (record.contains("role") || !world.b.seats.contains(id))) {
        world.b.seats[id].role = record.contains("role") ? static_cast<int>(number_of(record, "role")) : kMember;
    }
    return true;
}

}  // namespace syncline::sim::plane
