#include "pg/detail/programs.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace syncline::pg {
namespace {

namespace fs = std::filesystem;

bool complete(const std::string& folder) {
    return access((folder + "/initdb").c_str(), X_OK) == 0 && access((folder + "/postgres").c_str(), X_OK) == 0;
}

int number_of(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

int version_of_cluster(const std::string& data) {
    std::ifstream file(data + "/PG_VERSION");
    std::string line;
    std::getline(file, line);
    return number_of(line);
}

Error not_installed(int version) {
    const std::string package = "postgresql-" + std::to_string(version);
    return make_error(Errc::kNotConfigured, "PostgreSQL " + std::to_string(version) + " is not installed here",
                      "apt-get install " + package + ", or set database.url to a server of yours");
}

}  // namespace

Result<std::string> find_programs(const std::string& wanted, const std::string& data, const std::string& root) {
    if (!wanted.empty()) {
        if (complete(wanted)) return wanted;
        return make_error(Errc::kNotConfigured, "there is no initdb and postgres in " + wanted,
                          "mend database.bin_folder, or leave it out");
    }
    // A cluster is readable by its own major version only.
    if (const int version = version_of_cluster(data); version > 0) {
        std::string folder = root + "/" + std::to_string(version) + "/bin";
        if (complete(folder)) return folder;
        return not_installed(version);
    }
    int newest = 0;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(root, failure)) {
        const int version = number_of(entry.path().filename().string());
        if (complete(entry.path().string() + "/bin")) newest = std::max(newest, version);
    }
    if (newest < kMajorVersionMin) return not_installed(kMajorVersionMin);
    return root + "/" + std::to_string(newest) + "/bin";
}

}  // namespace syncline::pg
