// The demo's own folder: made anew, never somebody's real one.
#pragma once

#include <string>

#include "base/result.hpp"

namespace syncline::app::detail {

// Holds the folder for this process; a second demo there is refused. Released with the process or the object.
class DemoHome {
public:
    // kInvalid when the folder is a home that no demo made; kHeld while another demo runs there. Files that belong to
    // no home are left alone.
    static Result<DemoHome> make_anew(const std::string& folder);
    DemoHome(DemoHome&& other) noexcept : folder_(std::move(other.folder_)), lock_(other.lock_) { other.lock_ = -1; }
    DemoHome& operator=(DemoHome&&) = delete;
    ~DemoHome();

    const std::string& folder() const { return folder_; }
    std::string path(const std::string& name) const { return folder_ + "/" + name; }

private:
    DemoHome(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
    std::string folder_;
    int lock_;
};

}  // namespace syncline::app::detail
