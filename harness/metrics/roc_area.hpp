#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The area under the receiver operating characteristic (Hanley and McNeil 1982): the share of all pairs of a
/// positive and a negative review in which the positive one has the higher probability, equal ones counted
/// half. Counted in whole numbers, so exact but for one division. NaN where a class has no review or a
/// probability is NaN.
double roc_area(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
