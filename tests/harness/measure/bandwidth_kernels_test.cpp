#include "harness/measure/bandwidth_kernels.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <numeric>
#include <span>

#include "harness/measure/multiply_add_peak.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kCount = 3 * kKernelStep;

struct Array {
  std::unique_ptr<double, decltype(&std::free)> memory{
      static_cast<double*>(std::aligned_alloc(64, kCount * sizeof(double))), &std::free};
  std::span<double> values() const { return {memory.get(), kCount}; }
};

TEST(BandwidthKernels, ComputeTheTriadWithEachWidth) {
  const Array a, b, c;
  std::iota(b.values().begin(), b.values().end(), 0.5);
  std::iota(c.values().begin(), c.values().end(), 100);
  for (const int bits : vector_widths()) {
    std::ranges::fill(a.values(), -1);
    bandwidth_kernels(bits).triad(a.memory.get(), b.memory.get(), c.memory.get(), kCount - kKernelStep, 2);
    for (std::size_t i = 0; i < kCount - kKernelStep; ++i)
      ASSERT_EQ(a.values()[i], b.values()[i] + 3 * c.values()[i]) << bits << " bits, " << i;
    EXPECT_EQ(a.values()[kCount - kKernelStep], -1) << "no further than count";
  }
}

// Catches: a kernel that leaves numbers or passes out.
TEST(BandwidthKernels, ReadEveryNumberInEachPass) {
  const Array values;
  std::iota(values.values().begin(), values.values().end(), 1.0);
  const double sum = kCount * (kCount + 1) / 2.0;
  for (const int bits : vector_widths()) {
    EXPECT_EQ(bandwidth_kernels(bits).read(values.memory.get(), kCount, 1), sum) << bits;
    EXPECT_EQ(bandwidth_kernels(bits).read(values.memory.get(), kCount, 3), 3 * sum) << bits;
  }
}

}  // namespace
}  // namespace rnnbench
