#include "support/product.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace syncline::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kSettle{6};

// The file is its owner's alone, as the program demands of keys.
Result<void> write_text(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text;
    file.close();
    if (!file.good()) return make_error(Errc::kInternal, "cannot write " + path);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    return ok();
}

std::string setting(const std::string& name, const std::string& value) { return name + " = \"" + value + "\"\n"; }

}  // namespace

Result<std::string> syncline_program() {
    const char* asked = std::getenv("SYNCLINE_PROGRAM");
    const fs::path path = asked ? fs::path(asked) : fs::read_symlink("/proc/self/exe").parent_path() / "syncline";
    if (fs::exists(path)) return path.string();
    return make_error(Errc::kNotFound, path.string() + " is not there", "build the target `syncline`");
}

Result<void> write_settings(const std::string& home, const odoo::Settings& odoo, const plane::Settings& plane,
                            const std::string& more) {
    TRY(write_text(home + "/odoo.key", odoo.key.reveal() + "\n"));
    TRY(write_text(home + "/plane.key", plane.key.reveal() + "\n"));
    return write_text(home + "/syncline.toml",
                      "[odoo]\n" + setting("url", odoo.url) + setting("database", odoo.database) +
                          setting("key", "file:" + home + "/odoo.key") + "\n[plane]\n" + setting("url", plane.url) +
                          setting("workspace", plane.workspace) + setting("key", "file:" + home + "/plane.key") +
                          "calls_per_minute = 0\n\n[serve]\n" + (more.empty() ? setting("odoo_every", "1s") : more));
}

Serving::Serving(const std::string& program, const std::string& home)
    : log_(home + "/serve.log"), program_({program, "--home", home, "serve"}, log_) {}

Result<void> Serving::settled() {
    std::this_thread::sleep_for(kSettle);
    if (program_.running()) return ok();
    std::ifstream log(log_);
    return make_error(Errc::kInternal, "`syncline serve` ended by itself",
                      std::string(std::istreambuf_iterator<char>(log), {}));
}

pid_t postmaster(const std::string& home) {
    std::ifstream file(home + "/pg/data/postmaster.pid");
    pid_t pid = 0;
    file >> pid;
    return pid;
}

}  // namespace syncline::bench
