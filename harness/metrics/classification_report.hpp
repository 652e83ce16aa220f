#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "harness/metrics/confusion.hpp"

namespace rnnbench {

/// Of one class, or a mean over both.
struct ClassFigures {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  std::int64_t support = 0;  ///< reviews that are of the class; all of them, of a mean
};

/// Precision, recall and F1 by class as scikit-learn's `classification_report` defines them: a quotient with
/// nothing to divide by is 0 (its zero_division=0), while `precision` and its like are NaN there.
struct ClassificationReport {
  std::array<ClassFigures, 2> classes{};  ///< by label: negative, positive
  ClassFigures macro;                     ///< plain mean over both classes
  ClassFigures weighted;                  ///< mean weighted by support
  double accuracy = 0;
  double roc_area = 0;  ///< NaN where a class has no review
  Confusion counts;
};

/// `positive` [reviews] are probabilities of the positive class, called so from 0.5 on; none may be NaN.
ClassificationReport classification_report(std::span<const float> positive,
                                           std::span<const std::uint8_t> labels);

}  // namespace rnnbench
