// Where a private cluster lives, who owns it, and the folders for it.
#pragma once

#include <string>

#include "pg/detail/child.hpp"
#include "pg/embedded.hpp"

namespace syncline::pg {

struct ClusterPlace {
    std::string folder;         // owned by `identity`, mode 0700
    std::string data;           // folder/data
    std::string log;            // folder/server.log
    std::string socket_folder;  // owned by `identity`, mode 0700
    std::string lock;           // in the product's folder, owned by whoever came first
    Identity identity;
};

inline constexpr std::size_t kSocketPathMax = 107;  // bytes that fit into sockaddr_un, less the final zero

// Makes the folders that are missing. kStore naming the path that cannot be made or used.
Result<ClusterPlace> find_place(const EmbeddedOptions& options);

// A folder for the socket: FOLDER/run, or one under /tmp named by a hash of FOLDER when that is too long.
std::string socket_folder_for(const std::string& folder);

}  // namespace syncline::pg
