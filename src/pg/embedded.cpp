#include "pg/embedded.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>
#include <utility>

#include "pg/detail/cluster_files.hpp"
#include "pg/detail/cluster_place.hpp"
#include "pg/detail/connection.hpp"
#include "pg/detail/programs.hpp"

namespace syncline::pg {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kInitLimit{120};
constexpr seconds kStartLimit{120};  // a crash replays at most max_wal_size, which takes seconds
constexpr seconds kStopLimit{30};    // then the server is told to drop everything
constexpr seconds kAbandonLimit{5};  // and then it is killed; the next start replays
constexpr milliseconds kLockLimit{kInitLimit + kStartLimit};
constexpr milliseconds kPollEvery{3};
constexpr const char* kName = "syncline";  // of the database and of its owner

// One value inside a libpq keyword string.
std::string dsn_quoted(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + '\'';
}

std::string dsn_of(const ClusterPlace& place, std::string_view database) {
    return "host=" + dsn_quoted(place.socket_folder) + " port=5432 user=" + kName + " dbname=" + std::string(database);
}

PGPing ping(const ClusterPlace& place) { return PQping(dsn_of(place, "postgres").c_str()); }

Result<void> make_cluster(const ClusterPlace& place, const std::string& programs, bool durable) {
    const std::string half = place.data + ".new";  // renamed when whole, so that an interrupted one is not mistaken
    std::error_code failure;
    fs::remove_all(half, failure);
    const std::uintmax_t log_start = log_size(place.log);
    std::vector<std::string> arguments = {programs + "/initdb",
                                          "-D",
                                          half,
                                          "-U",
                                          kName,
                                          "-A",
                                          "trust",
                                          "-E",
                                          "UTF8",
                                          "--locale=C.UTF-8",
                                          "--data-checksums",
                                          "--no-instructions",
                                          "--wal-segsize=4"};
    if (!durable) arguments.emplace_back("--no-sync");
    const pid_t child = TRY(start_child({.arguments = std::move(arguments),
                                         .identity = place.identity,
                                         .log_path = place.log,
                                         .death_signal = SIGTERM}));
    const std::optional<int> status = wait_child(child, kInitLimit);
    if (!status) kill(child, SIGKILL);
    if (!status) (void)wait_child(child, kAbandonLimit);
    if (status != 0) {
        return make_error(Errc::kStore, "cannot make the private PostgreSQL: " + log_end(place.log, log_start),
                          "see " + place.log);
    }
    fs::rename(half, place.data, failure);
    if (failure) return make_error(Errc::kStore, "cannot rename " + half + ": " + failure.message());
    return {};
}

std::vector<std::string> server_arguments(const ClusterPlace& place, const std::string& programs,
                                          const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {programs + "/postgres", "-D", place.data, "-k",
                                          place.socket_folder,    "-p", "5432"};
    std::vector<std::string> settings = {
        "listen_addresses=", "unix_socket_permissions=0700", "max_connections=60", "default_toast_compression=lz4",
        // Hot tables are small only while they are vacuumed as fast as they are written.
        "autovacuum_naptime=10s", "min_wal_size=32MB", "max_wal_size=512MB", "cluster_name=syncline", "jit=off",
        "timezone=UTC",
        // Nobody subscribes: one process less.
        "max_logical_replication_workers=0",
        // A new title for each statement costs a tenth of the short ones; pg_stat_activity tells the same.
        "update_process_title=off",
        // The log is for trouble of the server. Statements and values may hold people's data: they stay out.
        "log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "log_checkpoints=off",
        "log_destination=stderr", "logging_collector=off"};
    settings.insert(settings.end(), more.begin(), more.end());
    for (const std::string& setting : settings) {
        arguments.emplace_back("-c");
        arguments.push_back(setting);
    }
    return arguments;
}

// Stops a server that we started. Fast shutdown first: sessions are ended, the cluster is left clean.
Result<void> stop_server(pid_t pid) {
    kill(pid, SIGINT);
    if (wait_child(pid, kStopLimit)) return {};
    kill(pid, SIGQUIT);
    if (wait_child(pid, kAbandonLimit)) return {};
    kill(pid, SIGKILL);
    if (wait_child(pid, kAbandonLimit)) return {};
    return make_error(Errc::kStore, "the private PostgreSQL does not stop", "look at process " + std::to_string(pid));
}

class PrivateServer final : public EmbeddedServer {
public:
    PrivateServer(ClusterPlace place, pid_t pid) : place_(std::move(place)), dsn_(dsn_of(place_, kName)), pid_(pid) {}
    ~PrivateServer() override { (void)stop(); }  // nobody is left to tell; the kernel's death signal is the last resort
    PrivateServer(const PrivateServer&) = delete;
    PrivateServer& operator=(const PrivateServer&) = delete;

    const std::string& dsn() const override { return dsn_; }
    bool started_here() const override { return started_here_; }
    Result<std::string> add_database(const std::string& name, bool empty) override {
        // Identifiers cannot be parameters.
        if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos) {
            return make_error(Errc::kInvalid, "'" + name + "' cannot name a database");
        }
        const auto connection = TRY(Connection::open(dsn_of(place_, "postgres")));
        TRY(connection->exec("create database " + name + " template " + (empty ? "template0" : kName), {}));
        return dsn_of(place_, name);
    }
    Result<void> stop() override {
        if (pid_ == 0) return {};
        // Under the lock, so that nobody who is starting takes a server in its last moments for a running one.
        const Result<ClusterLock> lock = ClusterLock::take(place_.lock, kStopLimit);
        const pid_t pid = std::exchange(pid_, 0);
        TRY(stop_server(pid));
        // The socket's folder has nothing else in it; the next start makes it anew.
        std::error_code not_empty;
        fs::remove(place_.socket_folder, not_empty);
        if (!lock) return lock.error();
        return {};
    }

private:
    ClusterPlace place_;
    std::string dsn_;
    pid_t pid_;  // 0: not ours, or stopped
    bool started_here_ = pid_ != 0;
};

// The start-up of one cluster; the caller holds its lock.
class Starter {
public:
    Starter(const ClusterPlace& place, const EmbeddedOptions& options, std::string programs)
        : place_(place), options_(options), programs_(std::move(programs)) {}

    // The server's process, or 0 when it was running already.
    Result<pid_t> run() {
        const bool durable = std::ranges::find(options_.settings, "fsync=off") == options_.settings.end();
        if (!fs::exists(place_.data + "/PG_VERSION")) TRY(make_cluster(place_, programs_, durable));
        turn_log(place_.log);
        while (std::chrono::steady_clock::now() < deadline_) {
            const PGPing state = ping(place_);
            if (state == PQPING_OK) return pid_t{0};
            // Refusing sessions, or not answering while processes are there: it is stopping, or what a crash left
            // behind is ending. Both pass.
            if (state == PQPING_REJECT || server_lives(place_.data)) {
                std::this_thread::sleep_for(kPollEvery);
                continue;
            }
            std::error_code absent;
            fs::remove(place_.data + "/postmaster.pid", absent);  // nobody lives there: stale after a crash
            if (const pid_t pid = TRY(attempt()); pid != 0) return pid;
        }
        return make_error(Errc::kStore, "the private PostgreSQL does not start within 120 s: " + log_end(place_.log, 0),
                          "see " + place_.log);
    }

private:
    // One try; 0 when it lost against the last remains of an earlier server and another try makes sense.
    Result<pid_t> attempt() {
        const std::uintmax_t log_start = log_size(place_.log);
        const pid_t child = TRY(start_child({.arguments = server_arguments(place_, programs_, options_.settings),
                                             .identity = place_.identity,
                                             .log_path = place_.log,
                                             .death_signal = SIGINT}));
        while (std::chrono::steady_clock::now() < deadline_) {
            if (wait_child(child, milliseconds(0))) {
                const std::string why = log_end(place_.log, log_start);
                const bool passing = why.find("postmaster.pid\" already exists") != std::string::npos ||
                                     why.find("shared memory block") != std::string::npos;
                if (passing) return pid_t{0};
                return make_error(Errc::kStore, "the private PostgreSQL does not start: " + why, "see " + place_.log);
            }
            if (ping(place_) == PQPING_OK) return child;
            std::this_thread::sleep_for(kPollEvery);
        }
        TRY(stop_server(child));
        return pid_t{0};
    }

    const ClusterPlace& place_;
    const EmbeddedOptions& options_;
    const std::string programs_;
    const std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::now() + kStartLimit;
};

Result<void> make_database(const ClusterPlace& place) {
    const auto connection = TRY(Connection::open(dsn_of(place, "postgres")));
    const Rows there = TRY(connection->exec("select 1 from pg_database where datname = $1", {kName}));
    if (there.empty()) TRY(connection->exec("create database syncline", {}));
    return {};
}

}  // namespace

Result<std::unique_ptr<EmbeddedServer>> start_embedded(EmbeddedOptions options) {
    ClusterPlace place = TRY(find_place(options));
    const ClusterLock lock = TRY(ClusterLock::take(place.lock, kLockLimit));
    std::string programs = TRY(find_programs(options.bin_folder, place.data));
    const pid_t pid = TRY(Starter(place, options, std::move(programs)).run());
    if (Result<void> made = make_database(place); !made) {
        if (pid != 0) TRY(stop_server(pid));
        return std::move(made).error();
    }
    return std::unique_ptr<EmbeddedServer>(std::make_unique<PrivateServer>(std::move(place), pid));
}

}  // namespace syncline::pg
