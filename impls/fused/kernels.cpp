#include "impls/fused/kernels.hpp"

#include <cstdlib>
#include <string_view>

#include "harness/core/error.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "impls/fused/kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h, which includes this file again for each instruction set.
#include "impls/fused/cells-inl.hpp"
#include "impls/fused/product-inl.hpp"
#include "impls/fused/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

const Kernels* all_kernels() {
  static const Kernels kernels = {
      .target = hwy::TargetName(HWY_TARGET),
      .lanes = kLanes,
      .product = product,
      .rnn_step = rnn_step,
      .lstm_step = lstm_step,
      .gru_step = gru_step,
      .rnn_back = rnn_back,
      .lstm_back = lstm_back,
      .gru_back = gru_back,
      .outer = outer,
      .sum_rows = sum_rows,
      .add = add,
      .multiply = multiply,
      .add_product = add_product,
      .adam = adam,
      .squared_sum = squared_sum,
  };
  return &kernels;
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace rnnbench::fused {
namespace {

HWY_EXPORT(all_kernels);

std::int64_t named_target(std::string_view name) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name == hwy::TargetName(target)) return target;
  }
  std::string names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names += std::string(names.empty() ? "" : ", ") + hwy::TargetName(target);
  }
  throw EngineError("RNNBENCH_SIMD is \"" + std::string(name) + "\"; this processor has " + names);
}

const Kernels* chosen_kernels() {
  const char* forced = std::getenv("RNNBENCH_SIMD");
  if (forced != nullptr && *forced != '\0') hwy::SetSupportedTargetsForTest(named_target(forced));
  return HWY_DYNAMIC_DISPATCH(all_kernels)();
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = *chosen_kernels();
  return chosen;
}

}  // namespace rnnbench::fused
#endif
