// The settings: HOME/syncline.toml, read strictly. Holds references to secrets, never secrets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "profile/profile.hpp"
#include "vault/secret.hpp"

namespace syncline::app {

struct OdooConfig {
    std::string url;
    std::string database;
    std::string login;  // Odoo 14 to 18 only
    vault::SecretRef key{vault::SecretRef::Kind::kVault, "odoo"};
};

struct PlaneConfig {
    std::string url;
    std::string workspace;
    vault::SecretRef key{vault::SecretRef::Kind::kVault, "plane"};
    int calls_per_minute = 60;  // 0: no limit
};

struct Config {
    std::string profile = "delivery";  // a built-in name, or a file
    std::string store;                 // a DSN without a password, or "env:NAME", "file:/path"; "" = the private one
    std::optional<OdooConfig> odoo;
    std::optional<PlaneConfig> plane;
    Micros odoo_every = std::chrono::seconds(5);
    Micros plane_every = std::chrono::seconds(30);
    Micros close_out_every = std::chrono::minutes(5);
    std::optional<double> guard_share_max;  // instead of the profile's
    std::optional<int> guard_changes_min;
    std::optional<int> guard_deletions_max;
};

// kInvalid as "FILE:LINE:COLUMN: ..." for unknown keys, wrong types, values out of range, a password in the DSN.
Result<Config> parse_config(std::string_view toml, std::string_view file_name);

// The text of a settings file with these connections in it: sections [odoo] and [plane] are replaced where given,
// everything else stays as it was, comments included.
std::string with_connections(std::string_view toml, const std::optional<OdooConfig>& odoo,
                             const std::optional<PlaneConfig>& plane);

// "5s", "500ms", "2m", "1h".
Result<Micros> parse_duration(std::string_view text);

// A DSN may not hold a password: it would be seen in process lists and backups. Says what to do instead.
Result<void> check_dsn(std::string_view dsn);

}  // namespace syncline::app
