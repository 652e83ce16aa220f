#pragma once

#include <gtest/gtest.h>

#include "harness/model/parameters.hpp"

namespace rnnbench {

/// How far apart two tensors may be: a fraction of the largest magnitude in the expected one. A tensor
/// that is all zeros must be all zeros.
struct RelativeToLargest {
  double fraction;
};

/// Success where names, shapes and (within the tolerance) values agree; else a failure that names the
/// tensor and its worst element. NaN is never near.
testing::AssertionResult near(const Parameters& actual, const Parameters& expected,
                              RelativeToLargest tolerance);
testing::AssertionResult near(const Tensor& actual, const Tensor& expected, RelativeToLargest tolerance);

/// Success where names, shapes and every bit of every value agree.
testing::AssertionResult identical(const Parameters& actual, const Parameters& expected);

}  // namespace rnnbench
