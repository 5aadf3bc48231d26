#include "app/profiles.hpp"

#include "app/home.hpp"

namespace syncline::app {

Result<profile::Profile> open_profile(const std::string& name_or_file) {
    const bool file = name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".toml");
    if (file) return profile::load(TRY(read_file(name_or_file)), name_or_file);
    std::string known;
    for (const BuiltinProfile& builtin : builtin_profiles()) {
        if (builtin.name == name_or_file) return profile::load(builtin.toml, name_or_file + ".toml");
        known += (known.empty() ? "" : ", ") + std::string(builtin.name);
    }
    return make_error(Errc::kNotFound, "there is no profile called " + name_or_file,
                      "built in: " + known + "; or give a file's path");
}

}  // namespace syncline::app
