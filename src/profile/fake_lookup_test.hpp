// A small world for the translation tests: everything that a Lookup knows is a public table.
#pragma once

#include "profile/translate.hpp"

namespace syncline::profile {

class FakeLookup final : public Lookup {
public:
    std::optional<record::LinkKey> link(record::Peer peer, std::string_view entity,
                                        std::string_view id) const override {
        for (const auto& [key, ids] : links) {
            const std::string& known = peer == record::Peer::kOdoo ? ids.first : ids.second;
            if (key.starts_with(std::string(entity) + "/") && !known.empty() && known == id) {
                return *record::parse_link_key(key);
            }
        }
        return std::nullopt;
    }
    std::optional<std::string> id(record::Peer peer, const record::LinkKey& key) const override {
        const auto place = links.find(key.text());
        if (place == links.end()) return std::nullopt;
        const std::string& known = peer == record::Peer::kOdoo ? place->second.first : place->second.second;
        return known.empty() ? std::nullopt : std::optional<std::string>(known);
    }
    const std::vector<NamedState>& states(record::Peer peer) const override {
        return peer == record::Peer::kOdoo ? stages : plane_states;
    }
    std::optional<std::string> label_name(record::Peer peer, std::string_view id) const override {
        for (const auto& [known, name] : peer == record::Peer::kOdoo ? tags : labels) {
            if (known == id) return name;
        }
        return std::nullopt;
    }
    std::optional<std::string> label_id(record::Peer peer, std::string_view name) const override {
        for (const auto& [id, known] : peer == record::Peer::kOdoo ? tags : labels) {
            if (known == name) return id;
        }
        return std::nullopt;
    }
    const std::vector<StateRow>& state_table() const override { return rows; }
    std::string_view project_time_zone() const override { return time_zone; }

    std::map<std::string, std::pair<std::string, std::string>> links;  // key -> Odoo id, Plane id
    std::vector<NamedState> stages;
    std::vector<NamedState> plane_states;
    std::map<std::string, std::string> tags;
    std::map<std::string, std::string> labels;
    std::vector<StateRow> rows;
    std::string time_zone = "UTC";
};

}  // namespace syncline::profile
