#include "app/config.hpp"

#include <charconv>
#include <functional>
#include <map>

#include "base/text.hpp"
#include "json/toml.hpp"
#include "mirror/entities.hpp"
#include "mirror/pull.hpp"
#include "net/url.hpp"

namespace syncline::app {

namespace {

constexpr Micros kEveryMin = std::chrono::milliseconds(100);
constexpr Micros kEveryMax = std::chrono::hours(24);
constexpr int kCallsPerMinuteMax = 100'000;

struct Reader {
    const json::TomlDocument& document;
    std::string_view file;

    using Setter = std::function<Result<void>(const json::Value&)>;
    using Table = std::map<std::string, Setter, std::less<>>;

    Error wrong(const std::string& pointer, std::string message, std::string hint = {}) const {
        return json::toml_error(document, file, pointer, std::move(message), std::move(hint));
    }

    // Every key must be in the table: a misspelt setting is an error, not a surprise.
    Result<void> read(const json::Object& object, const std::string& pointer, const Table& table) const {
        for (const auto& [key, value] : object) {
            const std::string name(key);
            const std::string here = pointer + "/" + name;
            const auto setter = table.find(name);
            if (setter == table.end()) {
                std::string known;
                for (const auto& [candidate, unused] : table) known += (known.empty() ? "" : ", ") + candidate;
                return wrong(here, "unknown setting '" + name + "'", "known here: " + known);
            }
            if (Result<void> done = setter->second(value); !done) {
                if (value.is_object()) return done;  // a section's error has its place already
                return wrong(here, name + ": " + done.error().message, done.error().hint);
            }
        }
        return ok();
    }
};

Reader::Setter text(std::string& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
        target = value.get_string();
        return ok();
    };
}

Reader::Setter address(std::string& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
        TRY(net::parse_url(std::string_view(value.get_string())));
        target = value.get_string();
        return ok();
    };
}

Reader::Setter secret(vault::SecretRef& target) {
    return [&target](const json::Value& value) -> Result<void> {
        const auto reference = value.is_string() ? vault::parse_secret_ref(std::string_view(value.get_string()))
                                                 : make_error(Errc::kInvalid, "not a reference");
        // What was written there may be the secret itself: it is not repeated.
        if (!reference) {
            return make_error(
                Errc::kInvalid, "must say where the key is kept, not what it is",
                "write \"vault:NAME\", \"env:NAME\" or \"file:/path\"; `syncline connect` does it for you");
        }
        target = *reference;
        return ok();
    };
}

Reader::Setter duration(Micros& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be a time in quotes, such as \"5s\"");
        target = TRY(parse_duration(std::string_view(value.get_string())));
        if (target < kEveryMin || target > kEveryMax) {
            return make_error(Errc::kInvalid, "must be between 100ms and 24h");
        }
        return ok();
    };
}

template <typename Target>
Reader::Setter integer(Target& target, std::int64_t min, std::int64_t max) {
    return [&target, min, max](const json::Value& value) -> Result<void> {
        if (!value.is_int64() || value.get_int64() < min || value.get_int64() > max) {
            return make_error(Errc::kInvalid,
                              "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
        }
        target = static_cast<int>(value.get_int64());
        return ok();
    };
}

Reader::Setter share(std::optional<double>& target) {
    return [&target](const json::Value& value) -> Result<void> {
        const double number = value.is_number() ? value.to_number<double>() : -1;
        if (number < 0 || number > 1) return make_error(Errc::kInvalid, "must be a number from 0 to 1");
        target = number;
        return ok();
    };
}

Reader::Setter store_dsn(std::string& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
        TRY(check_dsn(std::string_view(value.get_string())));
        target = value.get_string();
        return ok();
    };
}

Reader::Setter optional_secret(std::optional<vault::SecretRef>& target) {
    return [&target](const json::Value& value) -> Result<void> {
        vault::SecretRef reference;
        TRY(secret(reference)(value));
        target = std::move(reference);
        return ok();
    };
}

Reader::Setter secrets(std::vector<vault::SecretRef>& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_array() || value.get_array().empty()) {
            return make_error(Errc::kInvalid, "must be a list of references", "secrets = [\"vault:NAME\"]");
        }
        for (const json::Value& one : value.get_array()) {
            vault::SecretRef reference;
            TRY(secret(reference)(one));
            target.push_back(std::move(reference));
        }
        return ok();
    };
}

Reader::Setter listen_address(std::string& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
        target = value.get_string();
        if (target != "off") TRY(parse_listen(target));
        return ok();
    };
}

Reader::Setter minute_of_day(int& target) {
    return [&target](const json::Value& value) -> Result<void> {
        const std::string_view given = value.is_string() ? std::string_view(value.get_string()) : "";
        int hour = -1;
        int minute = -1;
        if (given.size() == 5 && given[2] == ':') {
            std::from_chars(given.data(), given.data() + 2, hour);
            std::from_chars(given.data() + 3, given.data() + 5, minute);
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return make_error(Errc::kInvalid, "must be a time of the day in quotes, such as \"02:00\"");
        }
        target = hour * 60 + minute;
        return ok();
    };
}

Reader::Setter zone(std::string& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
        target = value.get_string();
        TRY(day_in_zone(Time{}, target));
        return ok();
    };
}

Reader::Setter roles(Roles& target) {
    return [&target](const json::Value& value) -> Result<void> {
        const Error wrong = make_error(Errc::kInvalid, "must be a list of ingress, worker, scheduler");
        if (!value.is_array() || value.get_array().empty()) return wrong;
        target = {false, false, false};
        for (const json::Value& one : value.get_array()) {
            const std::string_view name = one.is_string() ? std::string_view(one.get_string()) : "";
            if (name == "ingress") {
                target.ingress = true;
            } else if (name == "worker") {
                target.worker = true;
            } else if (name == "scheduler") {
                target.scheduler = true;
            } else {
                return wrong;
            }
        }
        return ok();
    };
}

Reader::Setter entities(std::vector<std::string>& target) {
    return [&target](const json::Value& value) -> Result<void> {
        if (!value.is_array()) return make_error(Errc::kInvalid, "must be a list of entities in quotes");
        for (const json::Value& one : value.get_array()) {
            const std::string_view name = one.is_string() ? std::string_view(one.get_string()) : "";
            target.emplace_back(TRY(mirror::entity_named(name))->name);
        }
        return ok();
    };
}

Reader::Setter company_ids(std::vector<std::int64_t>& target) {
    return [&target](const json::Value& value) -> Result<void> {
        const Error wrong = make_error(Errc::kInvalid, "must be a list of Odoo's company ids", "companies = [1]");
        if (!value.is_array() || value.get_array().empty()) return wrong;
        for (const json::Value& one : value.get_array()) {
            if (!one.is_int64() || one.get_int64() <= 0) return wrong;
            target.push_back(one.get_int64());
        }
        return ok();
    };
}

Result<void> read_mirror(const Reader& reader, const json::Object& object, MirrorConfig& mirror) {
    constexpr int kCallsMax = 100'000'000;
    return reader.read(object, "/mirror",
                       {{"entities", entities(mirror.entities)},
                        {"companies", company_ids(mirror.companies)},
                        {"every", duration(mirror.every)},
                        {"preview_life", duration(mirror.preview_life)},
                        {"overlap", duration(mirror.overlap)},
                        {"in_flight", integer(mirror.in_flight, 1, mirror::kInFlightMax)},
                        {"calls_per_minute", integer(mirror.calls_per_minute, 0, kCallsPerMinuteMax)},
                        {"calls_per_day", integer(mirror.calls_per_day, 0, kCallsMax)}});
}

bool is_hook_name(std::string_view name) {
    constexpr std::size_t kNameMax = 64;
    return !name.empty() && name.size() <= kNameMax &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

// [hooks.NAME]
Result<void> read_hooks(const Reader& reader, const json::Object& object, Config& config) {
    for (const auto& [key, value] : object) {
        HookConfig hook;
        hook.name = key;
        const std::string here = "/hooks/" + hook.name;
        if (!is_hook_name(hook.name)) {
            return reader.wrong(here, "'" + hook.name + "' cannot be part of an address",
                                "use small letters, digits, - and _");
        }
        if (!value.is_object()) return reader.wrong(here, "a hook is a section: write [hooks." + hook.name + "]");
        bool has_source = false;
        const Reader::Setter source = [&](const json::Value& given) -> Result<void> {
            if (!given.is_string()) return make_error(Errc::kInvalid, "must be text in quotes");
            hook.source = TRY(ingress::parse_source(std::string_view(given.get_string())));
            has_source = true;
            return ok();
        };
        TRY(reader.read(value.get_object(), here, {{"source", source}, {"secrets", secrets(hook.secrets)}}));
        if (!has_source)
            return reader.wrong(here, "it has no source", "source = \"plane\", odoo, github, ci, standard");
        if (hook.secrets.empty()) return reader.wrong(here, "it has no secrets", "secrets = [\"vault:NAME\"]");
        config.hooks.push_back(std::move(hook));
    }
    return ok();
}

// The sections, each a table of its own.
Result<void> read_section(const Reader& reader, const std::string& name, const json::Value& value, Config& config) {
    if (!value.is_object()) return reader.wrong("/" + name, name + " is a section: write [" + name + "]");
    const json::Object& object = value.get_object();
    const std::string here = "/" + name;
    if (name == "store") return reader.read(object, here, {{"dsn", store_dsn(config.store)}});
    if (name == "odoo") {
        OdooConfig& odoo = config.odoo.emplace();
        return reader.read(object, here,
                           {{"url", address(odoo.url)},
                            {"database", text(odoo.database)},
                            {"login", text(odoo.login)},
                            {"key", secret(odoo.key)}});
    }
    if (name == "plane") {
        PlaneConfig& plane = config.plane.emplace();
        return reader.read(object, here,
                           {{"url", address(plane.url)},
                            {"workspace", text(plane.workspace)},
                            {"key", secret(plane.key)},
                            {"calls_per_minute", integer(plane.calls_per_minute, 0, kCallsPerMinuteMax)}});
    }
    if (name == "serve") {
        return reader.read(object, here,
                           {{"odoo_every", duration(config.odoo_every)},
                            {"plane_every", duration(config.plane_every)},
                            {"close_out_every", duration(config.close_out_every)},
                            {"light_every", duration(config.light_every)},
                            {"full_at", minute_of_day(config.full_at)},
                            {"time_zone", zone(config.time_zone)},
                            {"listen", listen_address(config.listen)},
                            {"public_url", address(config.public_url)},
                            {"roles", roles(config.roles)}});
    }
    if (name == "mirror") return read_mirror(reader, object, config.mirror.emplace());
    if (name == "hooks") return read_hooks(reader, object, config);
    if (name == "alerts") {
        return reader.read(
            object, here,
            {{"slack", optional_secret(config.alerts.slack)}, {"ops_project", text(config.alerts.ops_project)}});
    }
    return reader.read(object, here,
                       {{"share_max", share(config.guard_share_max)},
                        {"changes_min", integer(config.guard_changes_min, 0, 1'000'000)},
                        {"deletions_max", integer(config.guard_deletions_max, 0, 1'000'000)}});
}

std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string section_text(const OdooConfig& odoo) {
    std::string out = "[odoo]\nurl = " + quoted(odoo.url) + "\n";
    if (!odoo.database.empty()) out += "database = " + quoted(odoo.database) + "\n";
    if (!odoo.login.empty()) out += "login = " + quoted(odoo.login) + "\n";
    return out + "key = " + quoted(odoo.key.text()) + "\n";
}

std::string section_text(const PlaneConfig& plane) {
    return "[plane]\nurl = " + quoted(plane.url) + "\nworkspace = " + quoted(plane.workspace) +
           "\nkey = " + quoted(plane.key.text()) + "\ncalls_per_minute = " + std::to_string(plane.calls_per_minute) +
           "\n";
}

// The file with one section's lines (from its header to the next one) replaced, or the section added at the end.
std::string replace_section(std::string_view toml, std::string_view name, const std::string& section) {
    const std::string header = "[" + std::string(name) + "]";
    std::string out;
    bool inside = false;
    bool placed = false;
    std::vector<std::string> lines = split(toml, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (const std::string& line : lines) {
        const std::string_view bare = trim(line);
        if (bare.starts_with("[")) {
            if (inside) out += "\n";
            inside = trim(bare.substr(0, bare.find('#'))) == header;
            if (inside && !placed) {
                out += section;
                placed = true;
            }
        }
        if (!inside) out += line + "\n";
    }
    if (!placed) out += (out.empty() ? "" : "\n") + section;
    return out;
}

}  // namespace

Result<Micros> parse_duration(std::string_view given) {
    static constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"ms", 1'000}, {"s", 1'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}};
    const std::string_view whole = trim(given);
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(whole.data(), whole.data() + whole.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(whole.data() + whole.size() - end));
    for (const auto& [name, micros] : kUnits) {
        constexpr std::int64_t kNumberMax = 1'000'000;
        if (failure == std::errc() && unit == name && number >= 0 && number <= kNumberMax) {
            return Micros(number * micros);
        }
    }
    return make_error(Errc::kInvalid, "'" + std::string(given) + "' is not a time", "write 500ms, 5s, 2m or 1h");
}

Result<ListenAddress> parse_listen(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    const Error wrong = make_error(Errc::kInvalid, "'" + std::string(text) + "' is no address to listen on",
                                   "write 127.0.0.1:8480, or :8480 for all addresses");
    if (colon == std::string_view::npos) return wrong;
    ListenAddress address;
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host.empty() ? "0.0.0.0" : std::string(host);
    const std::string_view port = text.substr(colon + 1);
    constexpr int kPortMax = 65535;
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (failure != std::errc() || end != port.data() + port.size() || address.port < 0 || address.port > kPortMax) {
        return wrong;
    }
    return address;
}

Result<void> check_dsn(std::string_view dsn) {
    const std::string lower = to_lower(dsn);
    const std::size_t at = lower.find('@');
    const std::size_t scheme = lower.find("://");
    const bool in_url = scheme != std::string::npos && at != std::string::npos && lower.find(':', scheme + 3) < at;
    if (!in_url && lower.find("password") == std::string::npos) return ok();
    return make_error(Errc::kInvalid, "the store's address holds a password",
                      "keep it outside: dsn = \"env:NAME\" or \"file:/path\", or use ~/.pgpass");
}

Result<Config> parse_config(std::string_view toml, std::string_view file_name) {
    const json::TomlDocument document = TRY(json::parse_toml(toml, file_name));
    const Reader reader{document, file_name};
    Config config;
    Reader::Table table{{"profile", text(config.profile)}};
    for (const char* name : {"store", "odoo", "plane", "serve", "guard", "hooks", "alerts", "mirror"}) {
        table.emplace(name, [&, name](const json::Value& value) { return read_section(reader, name, value, config); });
    }
    TRY(reader.read(document.root, "", table));
    if (config.odoo && config.odoo->url.empty()) return reader.wrong("/odoo", "[odoo] has no url");
    if (config.plane && config.plane->url.empty()) return reader.wrong("/plane", "[plane] has no url");
    if (config.plane && config.plane->workspace.empty()) return reader.wrong("/plane", "[plane] has no workspace");
    return config;
}

std::string with_connections(std::string_view toml, const std::optional<OdooConfig>& odoo,
                             const std::optional<PlaneConfig>& plane) {
    std::string out(toml);
    if (odoo) out = replace_section(out, "odoo", section_text(*odoo));
    if (plane) out = replace_section(out, "plane", section_text(*plane));
    return out;
}

}  // namespace syncline::app
