#include "sim/plane/detail/checks.hpp"

#include "base/text.hpp"

namespace syncline::sim::plane {

std::optional<Pair> pair_of(const json::Object& body) {
    Pair pair{std::string(text_of(body, "external_source")), std::string(text_of(body, "external_id"))};
    if (pair.source.empty() || pair.id.empty()) return std::nullopt;
    return pair;
}

const Row* holder(const Call& call, const Table& table, const Pair& pair) {
    const auto rows = table.with_pair(call.project(), pair.source, pair.id);
    const Row* newest = nullptr;
    for (const Row* row : rows) {
        if (newest == nullptr || row->stamp_at("created_at") > newest->stamp_at("created_at")) newest = row;
    }
    return newest;
}

bool pair_taken(const Call& call, const Table& table, const Row& row) {
    const std::string_view id = text_of(call.body, "external_id");
    if (id.empty() || id == row.text("external_id")) return false;
    std::string_view source = text_of(call.body, "external_source");
    if (!call.body.contains("external_source")) source = row.text("external_source");
    return !table.with_pair(call.project(), source, id).empty();
}

Answer same_pair(std::string_view kind, const Row& row) {
    return conflict(std::string(kind) + " with the same external id and external source already exists",
                    row.text("id"));
}

Answer same_name(std::string_view kind, const Row& row) {
    return conflict(std::string(kind) + " with the same name already exists in the project", row.text("id"));
}

bool project_archived(Call& call) {
    const Row* project = call.b().projects.find(call.project());
    return project != nullptr && !project->null("archived_at");
}

const Row* namesake(const Table& table, std::string_view project, std::string_view name, const Row* own) {
    for (const Row* row : table.of(project)) {
        if (row != own && row->text("name") == name) return row;
    }
    return nullptr;
}

Rows listed(Call& call, const Table& table) {
    if (project_archived(call)) return {};
    return table.of(call.project());
}

void assign(Row& row, const json::Object& values) {
    for (const auto& member : values) row.v[member.key()] = member.value();
}

std::string upper(std::string_view text) {
    std::vector<char32_t> points = decode_utf8(text);
    for (char32_t& point : points) {
        if (point >= U'a' && point <= U'z')
            point -= 32;
        else if (point >= 0xE0 && point <= 0xFE && point != 0xF7)
            point -= 32;
        else if (point == 0xFF)
            point = 0x178;
        else if (point >= 0x100 && point <= 0x137 && point % 2 == 1)
            point -= 1;
        else if (point >= 0x139 && point <= 0x148 && point % 2 == 0)
            point -= 1;
        else if (point >= 0x14A && point <= 0x177 && point % 2 == 1)
            point -= 1;
        else if (point >= 0x3B1 && point <= 0x3C9 && point != 0x3C2)
            point -= 32;
        else if (point >= 0x430 && point <= 0x44F)
            point -= 32;
        else if (point >= 0x450 && point <= 0x45F)
            point -= 80;
    }
    return encode_utf8(points);
}

}  // namespace syncline::sim::plane
