#pragma once

#include <cstdint>

namespace rnnbench {

/// The metric of an epoch that a schedule or early stopping looks at.
enum class WatchedMetric : std::uint8_t { kValidationLoss, kTrainLoss, kValidationAccuracy };

/// Needs a validation part.
constexpr bool is_of_validation(WatchedMetric metric) { return metric != WatchedMetric::kTrainLoss; }

/// Larger is better.
constexpr bool is_accuracy(WatchedMetric metric) { return metric == WatchedMetric::kValidationAccuracy; }

}  // namespace rnnbench
