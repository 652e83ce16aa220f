#include "tests/support/near.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace rnnbench {
namespace {

using testing::AssertionFailure;
using testing::AssertionResult;
using testing::AssertionSuccess;

AssertionResult same_names(const Parameters& actual, const Parameters& expected) {
  for (const auto& [name, tensor] : expected) {
    if (!actual.contains(name)) return AssertionFailure() << name << " is missing";
  }
  for (const auto& [name, tensor] : actual) {
    if (!expected.contains(name)) return AssertionFailure() << name << " is not expected";
  }
  return AssertionSuccess();
}

template <typename Compare>
AssertionResult each(const Parameters& actual, const Parameters& expected, const Compare& compare) {
  if (AssertionResult names = same_names(actual, expected); !names) return names;
  for (const auto& [name, tensor] : expected) {
    if (AssertionResult result = compare(actual.at(name), tensor); !result) {
      return AssertionFailure() << name << ": " << result.message();
    }
  }
  return AssertionSuccess();
}

AssertionResult same_shape(const Tensor& actual, const Tensor& expected) {
  if (actual.shape == expected.shape && actual.values.size() == expected.values.size()) {
    return AssertionSuccess();
  }
  return AssertionFailure() << fmt::format("shape {} with {} values, expected {} with {}", actual.shape,
                                           actual.values.size(), expected.shape, expected.values.size());
}

AssertionResult same_bits(const Tensor& actual, const Tensor& expected) {
  if (AssertionResult shape = same_shape(actual, expected); !shape) return shape;
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    if (std::memcmp(&actual.values[i], &expected.values[i], sizeof(double)) != 0) {
      return AssertionFailure() << fmt::format("element {} is {}, expected {}", i, actual.values[i],
                                               expected.values[i]);
    }
  }
  return AssertionSuccess();
}

}  // namespace

AssertionResult near(const Tensor& actual, const Tensor& expected, RelativeToLargest tolerance) {
  if (AssertionResult shape = same_shape(actual, expected); !shape) return shape;
  double largest = 0;
  for (const double value : expected.values) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const double difference = std::abs(actual.values[i] - expected.values[i]);
    if (!(difference <= tolerance.fraction * largest)) {
      return AssertionFailure() << fmt::format(
                 "element {} is {}, expected {} (largest {}, allowed {:.0e} of it)", i, actual.values[i],
                 expected.values[i], largest, tolerance.fraction);
    }
  }
  return AssertionSuccess();
}

AssertionResult near(const Parameters& actual, const Parameters& expected, RelativeToLargest tolerance) {
  return each(actual, expected, [&](const Tensor& a, const Tensor& e) { return near(a, e, tolerance); });
}

AssertionResult identical(const Parameters& actual, const Parameters& expected) {
  return each(actual, expected, same_bits);
}

}  // namespace rnnbench
