#pragma once

#include <string>

#include "harness/model/parameters.hpp"
#include "impls/eigen/engine_state.hpp"
#include "impls/eigen/network.hpp"
#include "impls/fused/network.hpp"

namespace rnnbench::fused {

/// Bounds are given for single precision; times this for the one that is tested.
constexpr double kRounding = sizeof(Real) == 8 ? 1e-6 : 1.0;

/// The fused network, and the plain one in double precision, with the same weights.
struct NetworkPair {
  NetworkPair(const ModelSpec& spec, int vocabulary, int threads, const Shortcuts& shortcuts, int shards = 0,
              bool rounds = false);

  ThreadPool pool;
  Network fused;
  eigen::Network<double> plain;
};

/// "" where all agree to a fraction of the largest number in any tensor, since what nearly vanishes beside
/// the others is rounding; else where they don't.
std::string difference_in_all(const Parameters& actual, const Parameters& expected, double fraction);

}  // namespace rnnbench::fused
