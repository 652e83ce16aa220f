#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rnnbench {

/// What two engines reached, each trained by itself with one seed: fractions of the test reviews called
/// right.
struct SeedAccuracies {
  std::uint64_t seed = 0;
  double reference = 0;
  double candidate = 0;
};

inline constexpr const char* kEquivalent = "equivalent";  ///< the whole interval lies within the margin
inline constexpr const char* kDifferent = "different";    ///< the whole interval lies beyond it
inline constexpr const char* kNotShown = "not shown";     ///< the interval reaches beyond it

/// A quick training with several seeds on each of two engines, and whether their final accuracies are
/// equivalent: two one-sided tests at 5 % of the differences by seed.
struct ParitySeeds {
  int train_reviews = 0;
  int test_reviews = 0;
  int epochs = 0;
  double chance = 0;  ///< fraction of the test reviews that carry the more frequent label
  std::vector<SeedAccuracies> accuracies;
  double margin = 1;      ///< in percentage points, like all that follow but p
  double difference = 0;  ///< mean of candidate less reference
  double low = 0;         ///< of its 90 % interval
  double high = 0;
  double deviation = 0;  ///< of the differences by seed
  double p = 1;
  std::string verdict = kNotShown;
  /// Seeds that would show equal engines to be equivalent, see pairs_for_equivalence().
  std::int64_t seeds_needed = 0;
};

/// Whether both mean accuracies are below `chance` + 0.05: nets that learned nothing are equivalent whatever
/// their engines compute.
bool near_chance(double mean_of_reference, double mean_of_candidate, double chance);
bool near_chance(const ParitySeeds& seeds);

}  // namespace rnnbench
