#include "mirror/meter.hpp"

namespace syncline::mirror {
namespace {

constexpr std::chrono::minutes kMinute{1};

Day day_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }

}  // namespace

Result<void> Meter::admit() {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    if (day_of(now) != day_) {
        day_ = day_of(now);
        used_today_ = 0;
    }
    if (quota_.calls_per_day > 0 && used_today_ >= quota_.calls_per_day) {
        return make_error(Errc::kHeld,
                          "the quota of " + std::to_string(quota_.calls_per_day) + " Odoo calls a day is used up",
                          "go on tomorrow (UTC), or raise calls_per_day");
    }
    while (!minute_.empty() && minute_.front() + kMinute <= now) minute_.pop_front();
    if (quota_.calls_per_minute > 0 && static_cast<std::int64_t>(minute_.size()) >= quota_.calls_per_minute) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(minute_.front() + kMinute - now);
        return make_error(Errc::kRateLimited,
                          "the quota of " + std::to_string(quota_.calls_per_minute) + " Odoo calls a minute is used up",
                          "wait, or raise calls_per_minute")
            .with("retry_after_ms", std::to_string(rest.count()));
    }
    if (quota_.calls_per_minute > 0) minute_.push_back(now);
    ++used_today_;
    ++calls_;
    return ok();
}

Result<net::HttpResponse> Meter::send(const net::HttpRequest& request) {
    TRY(admit());
    Result<net::HttpResponse> response = inner_.send(request);
    if (response.ok()) {
        const std::lock_guard lock(mutex_);
        bytes_ += static_cast<std::int64_t>(response->body.size());
    }
    return response;
}

Result<void> Meter::load(pg::Transaction& tx, const Source& source) {
    const Day today = day_of(clock_.now());
    const pg::Rows rows =
        TRY(tx.exec("select calls from odoo.usage where org_id = $1 and connector = $2 and day = $3::date",
                    {source.org.text(), source.connector, format_day(today)}));
    const std::lock_guard lock(mutex_);
    day_ = today;
    used_today_ = (rows.empty() ? 0 : rows.integer(0, "calls")) + calls_ - saved_calls_;
    return ok();
}

Result<void> Meter::save(pg::Transaction& tx, const Source& source) {
    std::int64_t calls = 0, bytes = 0;
    {
        const std::lock_guard lock(mutex_);
        calls = calls_ - saved_calls_;
        bytes = bytes_ - saved_bytes_;
        saved_calls_ = calls_;
        saved_bytes_ = bytes_;
    }
    if (calls == 0 && bytes == 0) return ok();
    TRY(
        tx.exec("insert into odoo.usage (org_id, connector, day, calls, bytes) values ($1, $2, $3::date, $4, $5) "
                "on conflict (org_id, connector, day) do update set calls = odoo.usage.calls + excluded.calls, "
                "bytes = odoo.usage.bytes + excluded.bytes",
                {source.org.text(), source.connector, format_day(day_of(clock_.now())), calls, bytes}));
    return ok();
}

std::int64_t Meter::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

std::int64_t Meter::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace syncline::mirror
