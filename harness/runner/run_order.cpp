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

}  // namespace rnnbench
