// What the Plane at the other end can do, found out by asking it. The documentation describes the cloud; Community
// Edition differs, and so do its versions.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "plane/client.hpp"
#include "plane/detail/caller.hpp"

namespace syncline::plane::detail {

// Each question is asked once; a failed one is asked again at the next call. Safe from many threads.
class Edition {
public:
    Edition(Caller& caller, int page_size_wanted) : caller_(caller), page_size_wanted_(page_size_wanted) {}

    // Everything that can be known: the account, and what a project tells when there is one that this key may read.
    Result<Capabilities> probe();
    // What the addresses of `project` are, as far as they depend on the edition.
    Result<Capabilities> for_project(const std::string& project);

    // First use told that there is no relations address (Community before 1.3).
    void no_relations();
    Result<int> page_size();
    // The server refused a larger page.
    void limit_page_size(int rows);

private:
    Result<void> ask_account();                            // with asking_ held
    Result<void> ask_project(const std::string& project);  // with asking_ held
    Result<bool> has_v2();
    Result<bool> has_types(const std::string& project);
    Capabilities known() const;

    Caller& caller_;
    const int page_size_wanted_;
    std::mutex asking_;  // one thread asks, the others wait for its answer

    mutable std::mutex mutex_;  // the members below
    Capabilities capabilities_;
    bool account_known_ = false;
    bool project_known_ = false;
    std::string readable_project_;  // "" when there is none
    int page_size_max_ = 0;         // 0: not limited
};

}  // namespace syncline::plane::detail
