#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/statistics/equivalence.hpp"
#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// What the parity records say of the two engines on this model spec.
enum class ParityState {
  kSameEngine,  ///< there is nothing to show
  kShown,
  kNotShown,  ///< no check is recorded
  kRefuted,   ///< the newest check found them to differ
};

struct SeedAccuracy {
  std::uint64_t seed = 0;
  double accuracy = 0;  ///< fraction of the test reviews called right; NaN: the run ended without one
};

/// Of two runs with one seed that predicted the same reviews: how many only one of them called right.
struct ReviewCounts {
  std::int64_t reviews = 0;
  std::int64_t first_only = 0;
  std::int64_t second_only = 0;
};

/// All that is known of two subjects. What isn't known is left empty.
struct ComparedRuns {
  std::string first;  ///< labels, for the words
  std::string second;
  std::vector<SeedAccuracy> first_accuracies;  ///< the newest run of each seed
  std::vector<SeedAccuracy> second_accuracies;
  std::vector<ReviewCounts> predictions;  ///< one for each pair of runs that has them
  std::vector<double>
      first_seconds;  ///< timings in pairs of the same work, in turns or else said in `remarks`
  std::vector<double> second_seconds;
  ParityState parity = ParityState::kNotShown;
  /// Why accuracies, or speeds, can't be compared whatever is above, with the remedy; "": they can.
  std::string accuracies_flaw = {};
  std::string speeds_flaw = {};
  std::vector<std::string> remarks = {};  ///< what else was found wrong with the runs
  std::string run_more;     ///< the command that adds runs, for the words; as are the two that follow
  std::string time_them;    ///< times them interleaved
  std::string show_parity;  ///< checks parity
};

struct AccuracyVerdict {
  enum class Test { kPairedT, kWelchT, kMcNemar };
  Test test = Test::kPairedT;
  std::int64_t n = 0;  ///< pairs; runs of both where seeds don't pair; reviews of kMcNemar
  double points = 0;   ///< percentage points of the second less the first
  Interval interval;   ///< 95 %, in points
  double p = 1;
  std::optional<double> holm_p;   ///< over the table, see adjust_by_holm()
  std::int64_t pairs_needed = 0;  ///< to find kRelevantPoints with 80 % power; 0 where that can't be told
  std::int64_t pairs_tested = 0;  ///< pairs of runs with predictions, and in how many of them McNemar's test
  std::int64_t pairs_that_differ = 0;  ///< with Holm's p ≤ 0.05 calls the two different
  double deciding_p() const { return holm_p.value_or(p); }
};

struct SpeedVerdict {
  std::int64_t n = 0;  ///< pairs of timings
  double ratio = 1;    ///< time of the second / time of the first, by mean_ratio(), as `bench` has it
  Interval interval;   ///< 95 %
};

/// What can be said of two subjects. Where accuracy or speed is absent, `missing` says why and what to run.
struct Verdict {
  std::optional<AccuracyVerdict> accuracy;
  /// Of the accuracies in points, within kRelevantPoints: two one-sided tests of the same pairs or runs as
  /// `accuracy`. Also where they are all alike, so that nothing but the difference itself can be judged; not
  /// of reviews.
  std::optional<Equivalence> equivalence;
  bool is_paired = false;             ///< whether accuracies were judged by seeds that both have
  std::optional<SpeedVerdict> speed;  ///< never without parity where the engines differ
  ParityState parity = ParityState::kNotShown;
  std::vector<std::string> missing;
};

inline constexpr double kRelevantPoints = 1;  ///< as the margin of `parity --seeds`

/// Judges by a fixed rule: accuracies by a paired t test over the seeds that both have, from two such pairs
/// on; else by Welch's over all runs, from two of each on; else, of one run each with predictions, by
/// McNemar's. Runs without a finite accuracy are named in `missing`. A pure function: the same runs, the same
/// verdict.
Verdict judge(const ComparedRuns& runs);

/// Sets `holm_p` of all verdicts of one table.
void adjust_by_holm(std::span<Verdict> table);

/// "B is more accurate by 1.2 points [0.7, 1.7], p = 0.002 (Holm), n = 5 pairs; 1.31× slower [1.29, 1.33];
/// parity shown", with `second` in the place of B, and a line for each thing that is missing. Called
/// different is what has a deciding p ≤ 0.05, and a ratio whose interval leaves 1 out.
std::string verdict_text(const Verdict& verdict, const std::string& second);

}  // namespace rnnbench
