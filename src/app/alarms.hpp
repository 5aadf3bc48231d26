// Judges how things stand and tells people: alerts are raised and cleared in the store, and carried to where the
// settings say.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>

#include "alerts/rules.hpp"
#include "app/installation.hpp"
#include "dispatch/watchdog.hpp"
#include "watch/log.hpp"

namespace syncline::app {

// Safe from many threads.
class Alarms {
public:
    Alarms(Installation& installation, Clock& clock);

    // What a sweep of `side` found changed: its webhook should tell of it soon, or have told.
    Result<void> note_sweep(const sync::Report& report, record::Peer side);
    void note_refused_key(const std::string& peer, const std::string& message);
    void note_well();  // work was done: the keys are good

    // Each few seconds, by the scheduler.
    Result<void> assess();
    // Of each source that has an endpoint: whether its webhook is silent.
    std::map<std::string, bool> silences();

private:
    bool has_hook(record::Peer side) const;
    Result<void> listen_for(pg::Transaction& tx, const std::string& source);
    std::vector<alerts::Alert> from_process(Time now);
    Result<std::vector<alerts::Alert>> stuck(pg::Transaction& tx, Time now);
    Result<void> tell_of_process(pg::Transaction& tx, const std::vector<alerts::Alert>& holding, Time now);

    Installation& installation_;
    Clock& clock_;
    const Time began_;
    std::set<std::string> hooked_;  // sources that the settings have an endpoint for
    std::mutex mutex_;
    dispatch::Watchdog watchdog_;
    std::map<std::string, std::string> refused_keys_;  // peer, what it said
    std::set<std::string> raised_;                     // by this process, and still open
};

}  // namespace syncline::app
