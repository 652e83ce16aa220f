#include "harness/runner/run_order.hpp"

#include <numeric>

#include "harness/core/philox.hpp"

namespace rnnbench {
namespace {

constexpr std::uint64_t kStream = 0x0DE2;  // of no other use of a plain seed

}  // namespace

std::vector<std::size_t> run_order(std::size_t trials, std::uint64_t seed) {
  std::vector<std::size_t> order(trials);
  std::iota(order.begin(), order.end(), std::size_t{0});
  RandomStream random(seed, kStream);
  shuffle(order, random);
  return order;
}

std::vector<MatrixRun> runs_in_order(std::size_t trials, const std::vector<std::uint64_t>& seeds,
                                     const Shard& shard) {
  std::vector<MatrixRun> runs;
  std::size_t position = 0;
  for (const std::uint64_t seed : seeds) {
    for (const std::size_t trial : run_order(trials, seed)) {
      if (shard.contains(position++)) runs.push_back({trial, seed});
    }
  }
  return runs;
}

}  // namespace rnnbench
