#include "harness/core/parity_seeds.hpp"

#include <algorithm>

namespace rnnbench {

bool near_chance(double mean_of_reference, double mean_of_candidate, double chance) {
  constexpr double kNear = 0.05;
  return std::max(mean_of_reference, mean_of_candidate) < chance + kNear;
}

bool near_chance(const ParitySeeds& seeds) {
  double reference = 0;
  double candidate = 0;
  for (const SeedAccuracies& one : seeds.accuracies) {
    reference += one.reference;
    candidate += one.candidate;
  }
  const auto n = static_cast<double>(seeds.accuracies.size());
  return near_chance(reference / n, candidate / n, seeds.chance);
}

}  // namespace rnnbench
