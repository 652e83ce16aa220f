#include "harness/core/denormals.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

namespace rnnbench {
namespace {

// On a thread of its own, so that the other tests keep their denormals.
TEST(Denormals, AreZeroAsResultsAndAsOperands) {
#if !defined(__SSE__)
  GTEST_SKIP() << "only x86 processors have the control register";
#endif
  float result = 1;
  float operand = 1;
  float inherited = 1;
  std::thread([&] {
    flush_denormals();
    volatile float smallest_normal = std::numeric_limits<float>::min();
    volatile float denormal = std::numeric_limits<float>::denorm_min();
    volatile float huge = 0x1p100F;
    result = smallest_normal * 0.5F;
    operand = denormal * huge;
    std::thread([&] { inherited = smallest_normal * 0.5F; }).join();
  }).join();
  EXPECT_EQ(result, 0.0F);
  EXPECT_EQ(operand, 0.0F);
  EXPECT_EQ(inherited, 0.0F);
}

}  // namespace
}  // namespace rnnbench
