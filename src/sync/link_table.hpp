// Who is linked to whom, read from the store as it is asked for. One thread at a time.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/context.hpp"
#include "sync/links.hpp"

namespace syncline::sync {

// Links by name and by what the peers call their records.
struct References {
    std::vector<std::string> keys;
    PeerIds odoo;
    PeerIds plane;
};

class LinkTable {
public:
    explicit LinkTable(Context& context) : context_(context) {}

    // In one query, so that nobody has to ask for each.
    Result<void> learn(pg::Transaction& tx, const References& wanted);
    // All of the profile: some hundred bytes a link.
    Result<void> learn_all(pg::Transaction& tx);

    // Null when there is none. What was never learnt is asked for; when the store fails, the answer is null and check()
    // says why.
    const LinkIndex* by_key(std::string_view key);
    const LinkIndex* by_id(record::Peer peer, std::string_view entity, std::string_view id);
    const Result<void>& check() const { return check_; }

    void set_plane_id(std::string_view key, const std::string& plane_id);
    void set_container(std::string_view key, const std::string& container);

private:
    using Names = std::unordered_map<std::string, LinkIndex*>;
    void keep(LinkIndex link);
    void ask(const References& wanted);

    Context& context_;
    std::unordered_map<std::string, LinkIndex> links_;  // by key; their addresses stay
    Names by_odoo_;                                     // "task/42"; null: there is none
    Names by_plane_;                                    // "task/<uuid>"
    std::set<std::string, std::less<>> no_links_;       // keys
    bool all_ = false;
    Result<void> check_;
};

}  // namespace syncline::sync
