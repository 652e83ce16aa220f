#include "impls/libtorch/state_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const Shapes kWeights{{"a", {2, 3}}, {"b", {2}}};
const Shapes kOptimizer{{"optimizer.m/a", {2, 3}}, {"optimizer.step", {1}}};

Tensor zeros(std::vector<std::int64_t> shape, std::size_t count) {
  return {std::move(shape), std::vector<double>(count)};
}

Parameters whole_state() {
  return {{"a", zeros({2, 3}, 6)},
          {"b", zeros({2}, 2)},
          {"optimizer.m/a", zeros({2, 3}, 6)},
          {"optimizer.step", zeros({1}, 1)}};
}

std::string refusal(const Parameters& state) {
  try {
    check_state(state, kWeights, kOptimizer);
  } catch (const EngineError& error) {
    return error.what();
  }
  return "";
}

TEST(StateCheck, TakesWeightsWithAllOrNoneOfTheOptimizer) {
  Parameters state = whole_state();
  EXPECT_THAT(refusal(state), IsEmpty());
  state.erase("optimizer.m/a");
  EXPECT_THAT(refusal(state), HasSubstr("tensor optimizer.m/a is missing"));
  state.erase("optimizer.step");
  EXPECT_THAT(refusal(state), IsEmpty());
}

TEST(StateCheck, NamesTheFirstMissingTensor) {
  Parameters state = whole_state();
  state.erase("a");
  state.erase("b");
  EXPECT_THAT(refusal(state), HasSubstr("tensor a is missing"));
}

TEST(StateCheck, NamesAnUnknownTensor) {
  Parameters state = whole_state();
  state["c"] = zeros({1}, 1);
  EXPECT_THAT(refusal(state), HasSubstr("tensor c is not one of"));
}

TEST(StateCheck, SaysBothShapes) {
  Parameters state = whole_state();
  state["a"] = zeros({3, 2}, 6);
  EXPECT_THAT(refusal(state), HasSubstr("tensor a has shape [3, 2], this model's has [2, 3]"));
}

TEST(StateCheck, CountsTheValues) {
  Parameters state = whole_state();
  state["a"].values.pop_back();
  EXPECT_THAT(refusal(state), HasSubstr("tensor a holds 5 values, its shape [2, 3] needs 6"));
}

}  // namespace
}  // namespace rnnbench
