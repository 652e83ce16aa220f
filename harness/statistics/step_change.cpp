#include "harness/statistics/step_change.hpp"

#include <algorithm>
#include <cstdlib>

#include "harness/core/philox.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/ranks.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kFewest = 8;

struct Split {
  std::size_t at = 0;  // values before it
  std::int64_t k = -1;
};

Split best_split(const std::vector<std::int64_t>& doubled_ranks) {
  const auto n = static_cast<std::int64_t>(doubled_ranks.size());
  Split best;
  std::int64_t u = 0;
  for (std::size_t i = 0; i + 1 < doubled_ranks.size(); ++i) {
    u += doubled_ranks[i] - (n + 1);
    if (std::abs(u) > best.k) best = {i + 1, std::abs(u)};
  }
  return best;
}

double median_of_part(std::span<const double> part) { return quantile_of({part.begin(), part.end()}, 0.5); }

}  // namespace

Finding<StepChange> step_change(std::span<const double> history, int draws, std::uint64_t seed) {
  if (const auto flaw = flaw_of(history, kFewest)) return *flaw;
  if (std::all_of(history.begin(), history.end(), [&](double v) { return v == history[0]; })) {
    return all_alike(history, "values");
  }
  std::vector<std::int64_t> ranks = doubled_ranks(history);
  const Split seen = best_split(ranks);
  int as_large = 0;
  for (int draw = 0; draw < draws; ++draw) {
    RandomStream random(seed, static_cast<std::uint64_t>(draw));
    shuffle(ranks, random);
    as_large += best_split(ranks).k >= seen.k ? 1 : 0;
  }
  return StepChange{.n = static_cast<std::int64_t>(history.size()),
                    .begins_at = seen.at,
                    .before = median_of_part(history.first(seen.at)),
                    .after = median_of_part(history.subspan(seen.at)),
                    .statistic = static_cast<double>(seen.k),
                    .p = (1.0 + as_large) / (1.0 + draws)};
}

}  // namespace rnnbench
