#include "support/timing.hpp"

#include <cmath>

namespace syncline::bench {

double percentile(std::vector<double> samples, double share) {
    if (samples.empty()) return 0;
    std::sort(samples.begin(), samples.end());
    const double rank = std::ceil(std::clamp(share, 0.0, 1.0) * double(samples.size()));
    return samples[std::size_t(std::max(rank, 1.0)) - 1];
}

}  // namespace syncline::bench
