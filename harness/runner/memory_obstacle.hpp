#pragma once

#include <string>

#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// Why `trial` can't be trained in the `limit` bytes of memory that `owner` has, with the estimate, the limit
/// and the remedy; "" where it may. The estimate is the analytic need of memory_need.hpp; engines take more,
/// so that a trial close to the limit is let through.
std::string memory_obstacle(const TrialSpec& trial, double limit, const std::string& owner = "this machine");

}  // namespace rnnbench
