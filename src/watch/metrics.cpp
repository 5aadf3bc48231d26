#include "watch/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

#include "base/text.hpp"
#include "watch/metric_names.hpp"

namespace syncline::watch {

namespace {

// Upper bounds in seconds: from an answer of the store to a peer that times out.
const prometheus::Histogram::BucketBoundaries kBuckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                                          0.5,   1,      2.5,   5,    10,    30,   60,  300};

template <MetricType type>
std::size_t labels_of(const MetricName<type>& name) {
    return static_cast<std::size_t>(std::find(name.labels.begin(), name.labels.end(), "") - name.labels.begin());
}

// Valid UTF-8 of a bounded length: a peer's text may be anything.
std::string bounded(const std::string& value) {
    std::string text = encode_utf8(decode_utf8(std::string_view(value).substr(0, kLabelBytesMax)));
    std::erase(text, '\0');
    return text;
}

template <MetricType type>
prometheus::Labels library_labels(const MetricName<type>& name, const LabelValues& values) {
    prometheus::Labels labels;
    for (std::size_t i = 0; i < values.size(); ++i) labels[std::string(name.labels[i])] = values[i];
    return labels;
}

template <MetricType type>
LabelValues checked(const MetricName<type>& name, const LabelValues& values) {
    if (values.size() != labels_of(name)) std::abort();
    LabelValues fine;
    for (const std::string& value : values) fine.push_back(bounded(value));
    return fine;
}

}  // namespace

struct Metrics::Impl {
    // The series of one name. The library keeps the numbers; the limit is ours.
    template <typename Metric>
    struct Family {
        prometheus::Family<Metric>* family = nullptr;
        std::map<LabelValues, Metric*> series;
    };
    template <typename Metric>
    using Families = std::map<std::string, Family<Metric>, std::less<>>;

    // The series of these labels; null when there are too many and it is a gauge.
    template <typename Metric, MetricType type, typename Builder, typename... Arguments>
    Metric* series(Families<Metric>& families, const MetricName<type>& name, const LabelValues& values, Builder builder,
                   const Arguments&... arguments) {
        Family<Metric>& family = families[std::string(name.name)];
        if (family.family == nullptr) {
            family.family = &builder.Name(std::string(name.name)).Help(std::string(name.help)).Register(registry);
        }
        LabelValues labels = checked(name, values);
        if (const auto found = family.series.find(labels); found != family.series.end()) return found->second;
        if (family.series.size() >= kSeriesMax) {
            if (name.name != kSeriesRefused.name) counter(kSeriesRefused, {std::string(name.name)})->Increment();
            if constexpr (type == MetricType::kGauge) return nullptr;
            labels.assign(labels.size(), "other");
        }
        Metric* made = &family.family->Add(library_labels(name, labels), arguments...);
        family.series[labels] = made;
        return made;
    }
    prometheus::Counter* counter(const CounterName& name, const LabelValues& values) {
        return series(counters, name, values, prometheus::BuildCounter());
    }
    prometheus::Gauge* gauge(const GaugeName& name, const LabelValues& values) {
        return series(gauges, name, values, prometheus::BuildGauge());
    }

    mutable std::mutex mutex;
    prometheus::Registry registry;
    Families<prometheus::Counter> counters;
    Families<prometheus::Gauge> gauges;
    Families<prometheus::Histogram> histograms;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::add(const CounterName& name, const LabelValues& labels, double by) {
    const std::lock_guard lock(impl_->mutex);
    impl_->counter(name, labels)->Increment(by);
}

void Metrics::follow(const CounterName& name, const LabelValues& labels, double total) {
    const std::lock_guard lock(impl_->mutex);
    prometheus::Counter* counter = impl_->counter(name, labels);
    counter->Increment(std::max(0.0, total - counter->Value()));
}

void Metrics::set(const GaugeName& name, const LabelValues& labels, double value) {
    const std::lock_guard lock(impl_->mutex);
    if (prometheus::Gauge* gauge = impl_->gauge(name, labels)) gauge->Set(value);
}

void Metrics::replace(const GaugeName& name, const std::vector<std::pair<LabelValues, double>>& series) {
    const std::lock_guard lock(impl_->mutex);
    std::set<LabelValues> wanted;
    for (const auto& [labels, value] : series) wanted.insert(checked(name, labels));
    Impl::Family<prometheus::Gauge>& family = impl_->gauges[std::string(name.name)];
    for (auto it = family.series.begin(); it != family.series.end();) {
        if (wanted.contains(it->first)) {
            ++it;
        } else {
            family.family->Remove(it->second);
            it = family.series.erase(it);
        }
    }
    for (const auto& [labels, value] : series) {
        if (prometheus::Gauge* gauge = impl_->gauge(name, labels)) gauge->Set(value);
    }
}

void Metrics::observe(const HistogramName& name, const LabelValues& labels, Micros duration) {
    const std::lock_guard lock(impl_->mutex);
    prometheus::Histogram* histogram =
        impl_->series(impl_->histograms, name, labels, prometheus::BuildHistogram(), kBuckets);
    histogram->Observe(std::chrono::duration<double>(std::max(duration, Micros(0))).count());
}

std::string Metrics::text() const {
    const std::lock_guard lock(impl_->mutex);
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace syncline::watch
