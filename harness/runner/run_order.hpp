#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/runner/shard.hpp"

namespace rnnbench {

/// The order in which a matrix runs its trials with one seed: [0, trials) shuffled, in another way for each
/// seed and the same in each call. What a machine does meanwhile (it warms up, others come) so falls on all
/// trials alike, and a matrix stopped half-way has runs from all over its axes.
std::vector<std::size_t> run_order(std::size_t trials, std::uint64_t seed);

/// A run of a matrix: which trial, with which seed.
struct MatrixRun {
  std::size_t trial;  ///< its index
  std::uint64_t seed;
};

/// The runs of a matrix in the order in which they are done: all trials with the first seed, then with the
/// second, so that a matrix stopped half-way compares all its trials; within a seed as run_order() says. Only
/// those of the shard; which these are doesn't depend on what is done already.
std::vector<MatrixRun> runs_in_order(std::size_t trials, const std::vector<std::uint64_t>& seeds,
                                     const Shard& shard = {});

}  // namespace rnnbench
