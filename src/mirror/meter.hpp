// Counts what is asked of Odoo, and refuses what is beyond the quota, before the call is made. Wrap the HTTP client of
// an odoo::Client in it. SQL of odoo.usage. Safe from many threads.
#pragma once

#include <deque>
#include <mutex>

#include "base/clock.hpp"
#include "mirror/source.hpp"
#include "net/http.hpp"
#include "pg/database.hpp"

namespace syncline::mirror {

struct Quota {
    std::int64_t calls_per_minute = 0;  // 0: none
    std::int64_t calls_per_day = 0;     // by the UTC day; 0: none
};

class Meter final : public net::HttpClient {
public:
    Meter(net::HttpClient& inner, Clock& clock, Quota quota) : inner_(inner), clock_(clock), quota_(quota) {}

    // kRateLimited with retry_after_ms when the minute is full (clients wait and try again), kHeld when the day is.
    Result<net::HttpResponse> send(const net::HttpRequest& request) override;

    // Takes over what was used today before; then what was used since is written now and then.
    Result<void> load(pg::Transaction& tx, const Source& source);
    Result<void> save(pg::Transaction& tx, const Source& source);

    std::int64_t calls() const;  // of this object, refused ones not among them
    std::int64_t bytes() const;  // of answers' bodies

private:
    Result<void> admit();

    net::HttpClient& inner_;
    Clock& clock_;
    const Quota quota_;
    mutable std::mutex mutex_;
    std::deque<Time> minute_;
    Day day_{};
    std::int64_t used_today_ = 0;
    std::int64_t calls_ = 0, bytes_ = 0;
    std::int64_t saved_calls_ = 0, saved_bytes_ = 0;
};

}  // namespace syncline::mirror
