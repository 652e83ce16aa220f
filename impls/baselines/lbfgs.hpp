#pragma once

#include <functional>
#include <span>
#include <vector>

namespace rnnbench {

/// The value at `at`; writes the gradient there.
using Objective = std::function<double(std::span<const double> at, std::span<double> gradient)>;

/// When to stop.
struct LbfgsLimits {
  double tolerance = 1e-5;  ///< once the gradient's norm is at most this share of the one at the start
  int steps = 300;
};

/// Told after each step: which, from 1, and the value there. May throw to end it.
using StepTaken = std::function<void(int step, double value)>;

/// Minimises a smooth convex function from `at`, which ends at the least point found, by the limited-memory
/// BFGS method (Liu and Nocedal 1989; ten pairs), each step's length found by bisection to satisfy the weak
/// Wolfe conditions (Lewis and Overton 2013). Takes at least one step, of length 0 where none goes down.
/// Whether it ended within the tolerance or could get no lower.
bool minimise(const Objective& objective, std::vector<double>& at, const LbfgsLimits& limits,
              const StepTaken& taken);

}  // namespace rnnbench
