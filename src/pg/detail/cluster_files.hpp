// What lies in a cluster's folders: its lock, its log, its traces of a server.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace syncline::pg {

// Holds FOLDER/pg.lock: one program at a time makes, starts or stops the cluster. The kernel drops it when we die.
class ClusterLock {
public:
    static Result<ClusterLock> take(const std::string& path, std::chrono::milliseconds limit);
    ClusterLock(ClusterLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    ClusterLock& operator=(ClusterLock&&) = delete;
    ~ClusterLock();

private:
    explicit ClusterLock(int file) : file_(file) {}
    int file_;
};

// Whether any process works in this data folder, whatever postmaster.pid says: its number may belong to a stranger by
// now (in containers nearly always), or to nobody.
bool server_lives(const std::string& data);

std::uintmax_t log_size(const std::string& path);
// Starts a new log when the old one has grown; keeps one old one.
void turn_log(const std::string& path);
// The end of what was written from `offset` on, at most 2,000 bytes.
std::string log_end(const std::string& path, std::uintmax_t offset);

}  // namespace syncline::pg
