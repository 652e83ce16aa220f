#pragma once

#include <vector>

#include "harness/metrics/metric.hpp"

namespace rnnbench {

/// Every metric that is recorded of each evaluation, in the order of recording.
const std::vector<Metric>& metric_table();

}  // namespace rnnbench
