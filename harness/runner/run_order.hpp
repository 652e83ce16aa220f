#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rnnbench {

/// The order in which a matrix runs its trials with one seed: [0, trials) shuffled, in another way for each
/// seed and the same in each call. What a machine does meanwhile (it warms up, others come) so falls on all
/// trials alike, and a matrix stopped half-way has runs from all over its axes.
std::vector<std::size_t> run_order(std::size_t trials, std::uint64_t seed);

}  // namespace rnnbench
