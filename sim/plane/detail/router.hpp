// Which path leads to which handler, who may call it, and with which methods.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/plane/detail/call.hpp"

namespace syncline::sim::plane {

// Who may call a route. "Reads" are GET, HEAD and OPTIONS; everything else writes.
enum class Right {
    kNobody,          // wants a browser session: answers 401 to every key
    kSignedIn,        // any good key
    kWorkspaceStaff,  // workspace role 15 or 20
    kWorkspaceAdmin,
    kProjects,     // read: workspace member; POST: role 15 or 20; else project admin
    kWriters,      // read: project member; write: project role 15 or 20
    kMembers,      // any project member, guests too
    kAdminWrites,  // read: project member; write: project admin
    kByKey,        // member of the project whose identifier is in the path
};

struct Route {
    std::string_view path;   // below /api/v1/; "<x>" any text, "<u:x>" a uuid, "<k:x>" text with a dash
    std::string_view allow;  // the methods, as the Allow header spells them
    Right right;
    Answer (*handle)(Call&);
};

struct Match {
    const Route* route = nullptr;
    std::map<std::string, std::string, std::less<>> args;
};

// nullptr route: no such page. Paths are given without the leading and trailing "/".
Match find_route(std::string_view path, const PlaneOptions& options);

bool allows(const Route& route, std::string_view method);

}  // namespace syncline::sim::plane
