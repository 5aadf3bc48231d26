// Numbers of the running program for Prometheus. What there is to count stands in watch/metric_names.hpp.
//
//   metrics.add(kJobs, {"look", "done"});
//   metrics.observe(kPeerRequestSeconds, {"plane"}, took);
//
// Safe from many threads. A name with other labels than it was declared with is a bug in the caller: the program stops.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace syncline::watch {

inline constexpr std::size_t kLabelsMax = 3;
// Series of one name. What comes later is counted under "other" (of a gauge: left out), and
// syncline_metric_series_refused_total tells of it.
inline constexpr std::size_t kSeriesMax = 1000;
inline constexpr std::size_t kLabelBytesMax = 200;  // of one value; the rest is cut off

enum class MetricType { kCounter, kGauge, kHistogram };

template <MetricType type>
struct MetricName {
    std::string_view name;  // with its unit
    std::string_view help;
    std::array<std::string_view, kLabelsMax> labels = {};  // "" = no more
};
using CounterName = MetricName<MetricType::kCounter>;
using GaugeName = MetricName<MetricType::kGauge>;
using HistogramName = MetricName<MetricType::kHistogram>;  // of seconds

using LabelValues = std::vector<std::string>;  // in the order of the name's labels

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void add(const CounterName& name, const LabelValues& labels = {}, double by = 1);
    // For what is counted elsewhere: the counter follows `total`; it never goes down.
    void follow(const CounterName& name, const LabelValues& labels, double total);
    void set(const GaugeName& name, const LabelValues& labels, double value);
    // These are all the series that the gauge has from now on: what is gone shows no more.
    void replace(const GaugeName& name, const std::vector<std::pair<LabelValues, double>>& series);
    void observe(const HistogramName& name, const LabelValues& labels, Micros duration);

    // The text format 0.0.4: answer it as kMetricsMediaType.
    std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

inline constexpr std::string_view kMetricsMediaType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace syncline::watch
