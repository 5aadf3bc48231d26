#include "alerts/deliverer.hpp"

#include <algorithm>
#include <charconv>

#include "alerts/detail/delivery_store.hpp"
#include "alerts/detail/ops_item.hpp"
#include "alerts/detail/slack.hpp"
#include "alerts/detail/words.hpp"

namespace syncline::alerts {

namespace {

constexpr std::size_t kErrorBytesMax = 500;
constexpr int kDoublingsMax = 10;

Micros pause_after(int failures, const std::vector<Error>& errors) {
    Micros pause = std::min(kTryAgainFirst * (std::int64_t{1} << std::min(failures, kDoublingsMax)), kTryAgainMax);
    for (const Error& error : errors) {
        const std::string_view text = error.detail("retry_after_ms");
        std::int64_t millis = 0;
        std::from_chars(text.data(), text.data() + text.size(), millis);
        pause = std::max(pause, std::min<Micros>(std::chrono::milliseconds(millis), kTryAgainMax));
    }
    return pause;
}

std::string text_of(const std::vector<Error>& errors) {
    std::string text;
    for (const Error& error : errors) {
        text += (text.empty() ? "" : "; ") + error.message + " (" + std::string(to_string(error.code)) + ")";
    }
    return shortened(text, kErrorBytesMax);
}

// The steps for one alert: each is noted as soon as it is done, so that none is done again.
class Steps {
public:
    Steps(pg::Database& store, Clock& clock, const access::OrgId& org, const Channels& channels, Delivery& delivery)
        : store_(store), clock_(clock), org_(org), channels_(channels), it_(delivery) {}

    Result<void> open() {
        if (slack() && !it_.slack) {
            TRY(step("Slack", it_.slack, [&] { return post(slack_text(it_.kept, channels_.from)); }));
        }
        if (plane() && may_be_work_item(it_.kept.alert, channels_.ops_project) && !it_.plane) {
            TRY(step("Plane", it_.plane, [&]() -> Result<void> {
                it_.plane_item = TRY(open_item(*channels_.plane, channels_.ops_project, it_, channels_.from));
                return ok();
            }));
        }
        return ok();
    }

    // Nobody is told of the end of what nobody was told of.
    Result<void> close() {
        if (slack() && it_.slack && !it_.slack_closed) {
            TRY(step("Slack", it_.slack_closed, [&] { return post(slack_closing_text(it_.kept, channels_.from)); }));
        }
        if (plane() && (it_.plane || it_.plane_tried) && !it_.plane_closed) {
            TRY(step("Plane", it_.plane_closed,
                     [&] { return close_item(*channels_.plane, channels_.ops_project, it_); }));
        }
        return ok();
    }

    const std::vector<Error>& errors() const { return errors_; }

private:
    bool slack() const { return channels_.slack_url && channels_.http != nullptr; }
    bool plane() const { return channels_.plane != nullptr && !channels_.ops_project.empty(); }

    Result<void> post(const std::string& text) {
        const vault::Secret url = TRY(channels_.slack_url());
        return post_to_slack(*channels_.http, url, text);
    }

    // Only the store's errors come out of it.
    template <typename Do>
    Result<void> step(const char* where, bool& done, Do&& act) {
        Result<void> acted = act();
        if (!acted) {
            errors_.push_back(std::move(acted).error().during("telling " + std::string(where)));
            return ok();
        }
        done = true;
        return save(store_, org_, it_, clock_.now());
    }

    pg::Database& store_;
    Clock& clock_;
    const access::OrgId& org_;
    const Channels& channels_;
    Delivery& it_;
    std::vector<Error> errors_;
};

}  // namespace

Result<Told> Deliverer::round() {
    if (channels_.plane != nullptr) channels_.plane->use_lane(plane::Lane::kBulk);
    std::optional<std::string> ops_project;
    if (channels_.plane != nullptr && !channels_.ops_project.empty()) ops_project = channels_.ops_project;
    Told told;
    for (int i = 0; i < kToldAtOnce; ++i) {
        const Time began = clock_.now();
        std::optional<Delivery> due = TRY(claim_due(store_, org_, ops_project, began, began + kClaim));
        if (!due) break;
        Delivery& delivery = *due;
        const bool closing = delivery.kept.closed_at.has_value();
        Steps steps(store_, clock_, org_, channels_, delivery);
        TRY(closing ? steps.close() : steps.open());
        const Time now = clock_.now();
        if (steps.errors().empty()) {
            TRY(finish(store_, org_, delivery, now));
            ++(closing ? told.closed : told.opened);
            continue;
        }
        const int failures = delivery.kept.notify_attempts;
        std::optional<Time> again = now + pause_after(failures, steps.errors());
        if (closing && failures + 1 >= kClosingTriesMax) again.reset();
        TRY(postpone(store_, org_, delivery, text_of(steps.errors()), again, now));
        ++told.failed;
    }
    return told;
}

}  // namespace syncline::alerts
