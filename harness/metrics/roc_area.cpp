#include "harness/metrics/roc_area.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "harness/metrics/metric.hpp"

namespace rnnbench {

double roc_area(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  std::vector<std::pair<float, std::uint8_t>> ranked(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) ranked[i] = {positive[i], labels[i]};
  std::ranges::sort(ranked);

  std::int64_t positives_below = 0;
  std::int64_t negatives_below = 0;
  std::int64_t twice_won = 0;  // pairs; twice, so that a tie is a whole number
  for (auto group = ranked.begin(); group != ranked.end();) {
    const auto end =
        std::find_if(group, ranked.end(), [&](const auto& r) { return r.first != group->first; });
    const auto positives = std::count_if(group, end, [](const auto& r) { return r.second == 1; });
    const auto negatives = (end - group) - positives;
    twice_won += positives * (2 * negatives_below + negatives);
    positives_below += positives;
    negatives_below += negatives;
    group = end;
  }
  return static_cast<double>(twice_won) / (2.0 * static_cast<double>(positives_below * negatives_below));
}

}  // namespace rnnbench
