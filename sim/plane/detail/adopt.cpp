#include "sim/plane/detail/adopt.hpp"

#include <algorithm>

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

json::Value stored(const Field& field, const json::Value& shown) {
    if (field.kind != Kind::kTime || !shown.is_string()) return shown;
    const auto time = read_time(std::string_view(shown.get_string()), "UTC");
    return time ? json::Value(stamp(*time)) : json::Value(nullptr);
}

}  // namespace

bool adopt_record(World& world, const std::string& kind, const json::Object& record) {
    const Model* model = model_of(kind);
    Table* table = world.table_of(kind);
    const std::string id(text_of(record, "id"));
    if (model == nullptr || table == nullptr || id.empty()) return false;
    Row* row = table->find_any(id);
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
    if (kind == "item") {
        std::int64_t& last = world.b.sequences[std::string(row->text("project"))];
        last = std::max(last, static_cast<std::int64_t>(row->number("sequence_id")));
        world.b.top_of_state.erase(std::string(row->text("state")));
    }
    if (kind == "user" && !world.b.seats.contains(id)) {
        world.b.seats[id] =
            Seat{record.contains("role") ? static_cast<int>(number_of(record, "role")) : kMember, "UTC"};
    }
    return true;
}

}  // namespace syncline::sim::plane
