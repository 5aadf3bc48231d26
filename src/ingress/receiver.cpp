#include "ingress/receiver.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <future>
#include <mutex>

#include "ingress/detail/answers.hpp"
#include "ingress/detail/committer.hpp"
#include "ingress/detail/door.hpp"

namespace syncline::ingress {
namespace {

using Answer = std::function<void(std::optional<net::HttpResponse>)>;

constexpr std::array kCounters{&Counters::accepted,         &Counters::duplicates,  &Counters::quarantined,
                               &Counters::bad_signature,    &Counters::invalid,     &Counters::too_large,
                               &Counters::unknown_endpoint, &Counters::key_missing, &Counters::not_stored,
                               &Counters::commits};

// Counters that many threads add to.
class SharedCounters {
public:
    void add(std::uint64_t Counters::*counter) {
        for (std::size_t i = 0; i < kCounters.size(); ++i) {
            if (kCounters[i] == counter) ++counts_[i];
        }
    }
    Counters read() const {
        Counters counters;
        for (std::size_t i = 0; i < kCounters.size(); ++i) counters.*kCounters[i] = counts_[i];
        return counters;
    }

private:
    std::array<std::atomic<std::uint64_t>, kCounters.size()> counts_{};
};

class DurableReceiver final : public Receiver {
public:
    DurableReceiver(pg::Database& store, Clock& clock, Random& random, ReceiverOptions options, OnStored on_stored)
        : clock_(clock),
          random_(random),
          endpoints_(std::make_shared<const std::vector<Endpoint>>(std::move(options.endpoints))),
          committer_(
              store, std::move(options.org), std::move(on_stored), [this] { counters_.add(&Counters::commits); },
              options.background_commits) {}

    net::HttpResponse receive(const net::HttpRequest& request) override {
        // Shared: whoever sets the value is still busy with it when get() returns.
        const auto given = std::make_shared<std::promise<std::optional<net::HttpResponse>>>();
        receive(request, [given](std::optional<net::HttpResponse> answer) { given->set_value(std::move(answer)); });
        std::optional<net::HttpResponse> response = given->get_future().get();
        if (!response) throw net::DropConnection{};
        return std::move(*response);
    }

    void receive(net::HttpRequest request, Answer answer) override {
        const Time now = clock_.now();
        auto admitted = detail::admit(*endpoints(), std::move(request), now);
        if (auto* refusal = std::get_if<detail::Refusal>(&admitted)) {
            counters_.add(refusal->counter);
            return answer(std::move(refusal->answer));
        }
        Receipt& receipt = std::get<Receipt>(admitted);
        receipt.correlation = new_correlation(now);
        const bool quarantined = !receipt.understood.quarantine.empty();
        committer_.submit(
            {std::move(receipt), [this, quarantined, answer = std::move(answer)](const std::optional<Stored>& stored) {
                 settle(stored, quarantined, answer);
             }});
    }

    Counters counters() const override { return counters_.read(); }

    void set_endpoints(std::vector<Endpoint> endpoints) override {
        auto fresh = std::make_shared<const std::vector<Endpoint>>(std::move(endpoints));
        const std::lock_guard lock(mutex_);
        endpoints_ = std::move(fresh);
    }

    net::HttpResponse refusal(int status) override {
        counters_.add(status == 413 || status == 431 ? &Counters::too_large : &Counters::invalid);
        return detail::refused_by_server(status);
    }

private:
    std::shared_ptr<const std::vector<Endpoint>> endpoints() {
        const std::lock_guard lock(mutex_);
        return endpoints_;
    }

    // A UUID of version 7: it begins with the time, so that an index over them grows at its end.
    std::string new_correlation(Time now) {
        const std::lock_guard lock(mutex_);  // not every Random is safe from many threads
        std::string uuid = random_.uuid();
        const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
        const std::string time = fmt::format("{:012x}", milliseconds & 0xFFFF'FFFF'FFFF);
        return time.substr(0, 8) + "-" + time.substr(8) + "-7" + uuid.substr(15);
    }

    void settle(const std::optional<Stored>& stored, bool quarantined, const Answer& answer) {
        if (!stored) {
            counters_.add(&Counters::not_stored);
            return answer(std::nullopt);
        }
        counters_.add(stored->duplicate ? &Counters::duplicates : &Counters::accepted);
        if (quarantined && !stored->duplicate) counters_.add(&Counters::quarantined);
        answer(detail::accepted(*stored));
    }

    Clock& clock_;
    Random& random_;
    SharedCounters counters_;
    std::mutex mutex_;
    std::shared_ptr<const std::vector<Endpoint>> endpoints_;
    detail::Committer committer_;  // last: it ends first, and calls back until then
};

}  // namespace

std::unique_ptr<Receiver> make_receiver(pg::Database& store, Clock& clock, Random& random, ReceiverOptions options,
                                        OnStored on_stored) {
    return std::make_unique<DurableReceiver>(store, clock, random, std::move(options), std::move(on_stored));
}

}  // namespace syncline::ingress
