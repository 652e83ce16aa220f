#include "harness/metrics/reliability.hpp"

#include <algorithm>

namespace rnnbench {

ReliabilityBins reliability_bins(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  constexpr auto kBins = static_cast<double>(kReliabilityBins);
  ReliabilityBins bins;
  for (std::size_t bin = 0; bin < kReliabilityBins; ++bin) {
    bins[bin].low = static_cast<double>(bin) / kBins;
    bins[bin].high = static_cast<double>(bin + 1) / kBins;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = positive[i];
    ReliabilityBin& bin = bins.at(static_cast<std::size_t>(std::clamp(p * kBins, 0.0, kBins - 1)));
    ++bin.reviews;
    bin.positive += labels[i];
    bin.probability_sum += p;
  }
  return bins;
}

}  // namespace rnnbench
