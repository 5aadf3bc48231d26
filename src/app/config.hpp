// The settings: HOME/syncline.toml, read strictly. Holds references to secrets, never secrets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "ingress/verify.hpp"
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

// One address that receives events: /hooks/SOURCE/NAME.
struct HookConfig {
    std::string name;
    ingress::Source source = ingress::Source::kPlane;
    std::vector<vault::SecretRef> secrets;  // any may have signed: write the new one beside the old to change it
};

// What one process does. Several on one store share the work.
struct Roles {
    bool ingress = true;    // receives events
    bool worker = true;     // does jobs
    bool scheduler = true;  // starts what the clock asks for, tells of trouble
};

struct AlertsConfig {
    std::optional<vault::SecretRef> slack;  // an incoming webhook's URL: it is a secret
    std::string ops_project;                // Plane's project id for a work item per alert; "" = none
};

// Odoo's records in the store. With this section `serve` keeps what was pulled up to date.
struct MirrorConfig {
    std::vector<std::string> entities;    // canonical names; empty: whatever was pulled before
    std::vector<std::int64_t> companies;  // of Odoo; empty: all that the key may see, in a store of one org
    Micros every = std::chrono::minutes(5);
    Micros preview_life = std::chrono::hours(1);
    Micros overlap = std::chrono::minutes(5);  // a transaction in Odoo may take so long
    int in_flight = 2;
    int calls_per_minute = 0;  // 0: no limit
    int calls_per_day = 0;     // 0: no limit
};

struct Config {
    std::string profile = "delivery";  // a built-in name, or a file
    std::string store;                 // a DSN without a password, or "env:NAME", "file:/path"; "" = the private one
    std::optional<OdooConfig> odoo;
    std::optional<PlaneConfig> plane;
    Micros odoo_every = std::chrono::seconds(5);
    Micros plane_every = std::chrono::seconds(30);
    Micros close_out_every = std::chrono::minutes(5);
    Micros light_every = std::chrono::minutes(15);
    int full_at = 2 * 60;    // minute of the day
    std::string time_zone;   // of full_at; "" = the profile's
    std::string listen;      // "host:port"; "off"; "" = kListenDefault, or nothing when that is taken
    std::string public_url;  // how peers reach what listens, through a proxy; "" = as it listens
    Roles roles;
    std::vector<HookConfig> hooks;
    AlertsConfig alerts;
    std::optional<MirrorConfig> mirror;
    std::optional<double> guard_share_max;  // instead of the profile's
    std::optional<int> guard_changes_min;
    std::optional<int> guard_deletions_max;
};

inline constexpr std::string_view kListenDefault = "127.0.0.1:8480";

// kInvalid as "FILE:LINE:COLUMN: ..." for unknown keys, wrong types, values out of range, a password in the DSN.
Result<Config> parse_config(std::string_view toml, std::string_view file_name);

// The text of a settings file with these connections in it: sections [odoo] and [plane] are replaced where given,
// everything else stays as it was, comments included.
std::string with_connections(std::string_view toml, const std::optional<OdooConfig>& odoo,
                             const std::optional<PlaneConfig>& plane);

struct ListenAddress {
    std::string host;
    int port = 0;  // 0: any free one
};
// "127.0.0.1:8480", "[::1]:8480", ":8480" (all addresses).
Result<ListenAddress> parse_listen(std::string_view text);

// "5s", "500ms", "2m", "1h".
Result<Micros> parse_duration(std::string_view text);

// A DSN may not hold a password: it would be seen in process lists and backups. Says what to do instead.
Result<void> check_dsn(std::string_view dsn);

}  // namespace syncline::app
