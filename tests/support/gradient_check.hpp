#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <span>
#include <string>

namespace rnnbench {

/// Compares a gradient with central finite differences of the loss in double precision,
/// (loss(θ + h) − loss(θ − h)) / 2h, entry by entry, refined by one Richardson step (h and h / 2), which
/// leaves an error of order h⁴. An entry passes within `tolerance` of the tensor's largest derivative; the
/// failure names the worst one.
///
/// `weights` is moved and restored; `loss` evaluates the model at its current values.
testing::AssertionResult gradient_matches(const std::string& name, std::span<double> weights,
                                          std::span<const double> gradient,
                                          const std::function<double()>& loss, double tolerance = 1e-6);

}  // namespace rnnbench
