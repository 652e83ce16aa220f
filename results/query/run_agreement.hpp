#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/query/repetition.hpp"

namespace rnnbench {

/// How far two figures of runs may be apart, by default (docs/runs.md says why): of their size, or of 1 where
/// they are smaller.
inline constexpr double kRepetitionTolerance = 0.02;

/// One metric of a split over all epochs, in two runs.
struct MetricAgreement {
  std::string name, split;
  std::int64_t values = 0;   ///< epochs that one of the two has
  std::int64_t equal = 0;    ///< of them with the same bits
  std::int64_t missing = 0;  ///< of them that only one has, or that are NaN or infinite in one only
  double largest = 0;        ///< difference, as the tolerance counts it
  std::int64_t epoch = 0;    ///< of the largest
  bool is_judged = true;     ///< not: numbers of epochs and gradient norms, which rounding moves first
};

/// Predictions of a split, in two runs.
struct PredictionAgreement {
  std::string split;
  bool is_same_set = true;  ///< of reviews
  std::int64_t reviews = 0;
  std::int64_t equal = 0;  ///< probabilities with the same bits
  std::int64_t same_class = 0;
  double largest = 0;  ///< difference of two probabilities
};

/// What of a run agrees with another, and how far. Times are not compared, nor what the machine did.
struct RunAgreement {
  double tolerance = kRepetitionTolerance;
  std::vector<MetricAgreement> metrics;
  std::vector<PredictionAgreement> predictions;
  std::vector<Difference> files;  ///< SHA-256s by kind, of equal ones too
};

RunAgreement compare_runs(Database& database, RunId before, RunId after, double tolerance);

bool is_within(const MetricAgreement& metric, double tolerance);
/// As many reviews of other class as accuracies may be apart.
bool is_within(const PredictionAgreement& predictions, double tolerance);
/// All that is judged is within the tolerance.
bool is_within(const RunAgreement& agreement);

/// A table for a terminal: "=" bit for bit, "~" within the tolerance, "!" not, and how far apart.
std::string agreement_text(const RunAgreement& agreement);

}  // namespace rnnbench
