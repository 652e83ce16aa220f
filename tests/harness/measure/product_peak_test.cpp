#include "harness/measure/product_peak.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

/// What a product was asked for, by size: the matrices it was to write.
std::mutex mutex;
std::map<int, std::set<float*>> results;

void note(float* c, int size) {
  const std::lock_guard lock(mutex);
  results[size].insert(c);
}

void quick_at_512(const float* /*a*/, const float* /*b*/, float* c, int size) {
  note(c, size);
  if (size != 512) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

void slow(const float* /*a*/, const float* /*b*/, float* c, int size) {
  note(c, size);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
}

void failing(const float* /*a*/, const float* /*b*/, float* /*c*/, int /*size*/) {
  throw std::runtime_error("no product");
}

class ProductPeakTest : public testing::Test {
 protected:
  void SetUp() override { results.clear(); }
};

TEST_F(ProductPeakTest, IsTheBestOverSizes) {
  const ProductPeak peak = product_peak(quick_at_512, 1, 4);
  EXPECT_EQ(peak.size, 512);
  EXPECT_GT(peak.operations_per_second, 2.0 * 512 * 512 * 512 / 20e-3);
}

TEST_F(ProductPeakTest, EachThreadHasItsOwnMatrices) {
  product_peak(slow, 3, 0.01);
  EXPECT_THAT(results, ElementsAre(Pair(384, SizeIs(testing::Ge(3))))) << "larger ones don't end in 10 ms";
}

TEST_F(ProductPeakTest, AFirstProductThatFailsIsSeen) {
  EXPECT_THROW(product_peak(failing, 2, 0.01), std::runtime_error);
}

}  // namespace
}  // namespace rnnbench
