#include "pg/detail/cluster_place.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace syncline::pg {
namespace {

namespace fs = std::filesystem;

Error path_error(const std::string& what, const std::string& path) {
    return make_error(Errc::kStore, what + " " + path + ": " + std::strerror(errno),
                      "choose another data folder, or mend its permissions");
}

// FNV-1a: names a folder, protects nothing.
std::string hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    std::array<char, 17> hex{};
    std::snprintf(hex.data(), hex.size(), "%016lx", static_cast<unsigned long>(hash));
    return hex.data();
}

// A folder with all its parents; what is made here can be walked through by everybody, whatever our umask.
Result<void> make_walkable(const fs::path& folder) {
    fs::path path;
    for (const fs::path& part : folder) {
        path /= part;
        if (mkdir(path.c_str(), 0755) == 0) {
            if (chmod(path.c_str(), 0755) != 0) return path_error("cannot open up", path);
        } else if (errno != EEXIST) {
            return path_error("cannot make the folder", path);
        }
    }
    return {};
}

// A folder that belongs to `identity` alone. One that somebody else put there first is refused.
Result<void> make_private(const std::string& path, const Identity& identity) {
    const bool made = mkdir(path.c_str(), 0700) == 0;
    if (!made && errno != EEXIST) return path_error("cannot make the folder", path);
    const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return path_error("cannot open the folder", path);
    struct stat facts {};
    bool fine = fstat(folder, &facts) == 0;
    if (fine && facts.st_uid != identity.uid && (made || facts.st_uid == geteuid())) {
        fine = fchown(folder, identity.uid, identity.gid) == 0;
        facts.st_uid = identity.uid;
    }
    if (fine) fine = fchmod(folder, 0700) == 0;
    const int failure = errno;
    close(folder);
    errno = failure;
    if (!fine) return path_error("cannot use the folder", path);
    if (facts.st_uid == identity.uid) return {};
    return make_error(Errc::kStore, "the folder " + path + " belongs to another user",
                      "remove it or choose another one");
}

Result<Identity> choose_identity(const EmbeddedOptions& options, const std::string& cluster) {
    if (geteuid() != 0) return Identity{geteuid(), getegid(), false};
    // A cluster that exists keeps its owner, even if the user we prefer has been added since.
    struct stat facts {};
    if (stat(cluster.c_str(), &facts) == 0 && facts.st_uid != 0) return Identity{facts.st_uid, facts.st_gid, true};
    for (const std::string& name : {options.user, std::string("nobody")}) {
        if (const passwd* entry = getpwnam(name.c_str()); entry != nullptr && entry->pw_uid != 0) {
            return Identity{entry->pw_uid, entry->pw_gid, true};
        }
    }
    return make_error(Errc::kNotConfigured, "PostgreSQL does not run as root, and there is no user to become",
                      "add a system user \"postgres\"");
}

std::string read_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// FOLDER/pg where the server's user can get there, else a folder of the system's; remembered, so that a change of
// permissions does not make us start over with an empty store.
Result<std::string> choose_folder(const EmbeddedOptions& options, const std::string& folder, const Identity& identity) {
    const std::string note = folder + "/pg.location";
    if (std::string noted = read_line(note); !noted.empty()) return noted;
    if (can_enter(identity, folder)) return folder + "/pg";
    if (geteuid() != 0) return path_error("cannot enter the folder", folder);
    TRY(make_walkable(options.fallback_folder));
    if (!can_enter(identity, options.fallback_folder)) {
        return make_error(Errc::kStore,
                          "the server's user can reach neither " + folder + " nor " + options.fallback_folder,
                          "choose a data folder such as /var/lib/syncline");
    }
    const std::string elsewhere = options.fallback_folder + "/" + hash_of(folder);
    std::ofstream file(note);
    file << elsewhere << '\n';
    file.close();
    if (!file) return path_error("cannot write", note);
    return elsewhere;
}

}  // namespace

std::string socket_folder_for(const std::string& folder) {
    static constexpr std::string_view kSocketName = "/.s.PGSQL.5432";
    const std::string usual = folder + "/run";
    if (usual.size() + kSocketName.size() <= kSocketPathMax) return usual;
    return "/tmp/syncline-" + hash_of(folder);
}

Result<ClusterPlace> find_place(const EmbeddedOptions& options) {
    std::error_code failure;
    fs::path absolute = fs::absolute(options.folder, failure).lexically_normal();
    if (failure || options.folder.empty()) {
        return make_error(Errc::kNotConfigured, "no data folder is set", "set data.folder");
    }
    if (!absolute.has_filename()) absolute = absolute.parent_path();  // "/x/" and "/x" are one folder
    const std::string folder = absolute.string();
    TRY(make_walkable(absolute));
    ClusterPlace place;
    const std::string noted = read_line(folder + "/pg.location");
    place.identity = TRY(choose_identity(options, noted.empty() ? folder + "/pg" : noted));
    place.folder = TRY(choose_folder(options, folder, place.identity));
    place.data = place.folder + "/data";
    place.log = place.folder + "/server.log";
    place.lock = folder + "/pg.lock";
    place.socket_folder = socket_folder_for(place.folder);
    TRY(make_private(place.folder, place.identity));
    TRY(make_private(place.socket_folder, place.identity));
    return place;
}

}  // namespace syncline::pg
