// The home folder: settings, the sealing key, the private store.
#pragma once

#include <string>

#include "base/result.hpp"

namespace syncline::app {

// `asked` when given, else $SYNCLINE_HOME, else /var/lib/syncline for root, else ~/.local/share/syncline. Absolute.
Result<std::string> home_folder(const std::string& asked);

inline std::string config_path(const std::string& home) { return home + "/syncline.toml"; }
inline std::string key_path(const std::string& home) { return home + "/vault.key"; }

// Whole files, small ones. kNotFound when it is not there.
Result<std::string> read_file(const std::string& path);
// By way of a new file that takes the old one's place: never half written. `mode` such as 0600.
Result<void> write_file(const std::string& path, std::string_view text, unsigned mode);
Result<void> make_folder(const std::string& path);

}  // namespace syncline::app
