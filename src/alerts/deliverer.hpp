// Tells people of alerts outside the program: a message to a Slack incoming webhook, a work item in Plane's project for
// operations, and both again once when the alert is over.
//
// A message may come twice when the process dies between sending and noting; a work item is made once per key (external
// id "syncline.alert:KEY"): when the same trouble comes back, its item is opened again. What failed is noted with the
// alert and tried again after a pause; it never fails anything else.
//
// No alert about Plane itself becomes a work item, nor one about the project for operations: what fails cannot carry
// the news of it, and the item would make the next alert.
#pragma once

#include <functional>
#include <string>

#include "access/org.hpp"
#include "base/clock.hpp"
#include "net/http.hpp"
#include "pg/database.hpp"
#include "plane/client.hpp"
#include "vault/secret.hpp"

namespace syncline::alerts {

inline constexpr std::string_view kExternalSource = "syncline";
inline constexpr int kToldAtOnce = 20;                              // alerts of one round
inline constexpr Micros kClaim = std::chrono::minutes(2);           // nobody else tells an alert meanwhile
inline constexpr Micros kTryAgainFirst = std::chrono::seconds(30);  // doubled with each failure
inline constexpr Micros kTryAgainMax = std::chrono::hours(1);
inline constexpr int kClosingTriesMax = 8;  // then the end of an alert stays untold
inline constexpr std::chrono::milliseconds kSlackTimeout{10'000};

struct Channels {
    // The webhook's URL, which is a secret: read each time, never kept, never in an error. Empty: no Slack.
    std::function<Result<vault::Secret>()> slack_url;
    net::HttpClient* http = nullptr;  // to Slack
    // A client of its own: Settings::external_source is kExternalSource; it may share the budget. Null: no work items.
    plane::Client* plane = nullptr;
    std::string ops_project;        // Plane's id; "" = no work items
    std::string from = "Syncline";  // who speaks: the installation's name
};

struct Told {
    int opened = 0;  // alerts told everywhere
    int closed = 0;  // ends told everywhere
    int failed = 0;  // to be tried again
};

// Safe from several processes at once; one thread at a time uses one object.
class Deliverer {
public:
    Deliverer(pg::Database& store, Clock& clock, access::OrgId org, Channels channels)
        : store_(store), clock_(clock), org_(std::move(org)), channels_(std::move(channels)) {}

    // Tells what is due. Errors are those of the store alone. May wait for Plane's rate budget, on the clock.
    Result<Told> round();

private:
    pg::Database& store_;
    Clock& clock_;
    access::OrgId org_;
    Channels channels_;
};

}  // namespace syncline::alerts
