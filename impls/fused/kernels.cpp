#include "impls/fused/kernels.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "harness/core/error.hpp"

// Processors with SSSE3 alone are rare; it would only cost its compilation.
#ifndef RNNBENCH_KERNELS_LEFT_OUT
#define RNNBENCH_KERNELS_LEFT_OUT 0
#endif
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | RNNBENCH_KERNELS_LEFT_OUT)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "impls/fused/kernels.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h, which includes this file again for each instruction set.
#include "impls/fused/adam-inl.hpp"
#include "impls/fused/cells-inl.hpp"
#include "impls/fused/masks-inl.hpp"
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
      .gru_gates = gru_gates,
      .gru_candidate = gru_candidate,
      .rnn_back = rnn_back,
      .lstm_back = lstm_back,
      .gru_back = gru_back,
      .gru_candidate_back = gru_candidate_back,
      .gru_reset_back = gru_reset_back,
      .outer = outer,
      .sum_rows = sum_rows,
      .add = add,
      .multiply = multiply,
      .add_product = add_product,
      .mask = mask,
      .add_masked = add_masked,
      .raise_maximum = raise_maximum,
      .add_where_won = add_where_won,
      .draw_mask = draw_mask,
      .adam = adam,
      .adam_idle = adam_idle,
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

/// One name, or "" for the best.
const Kernels* named_kernels(const std::string& name) {
  std::int64_t chosen = 0;
  std::string names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name.empty() || name == hwy::TargetName(target)) chosen |= target;
    names += std::string(names.empty() ? "" : ", ") + hwy::TargetName(target);
  }
  if (chosen == 0) {
    throw EngineError("fused engine: no instruction set \"" + name + "\" here (RNNBENCH_SIMD); there are " +
                      names);
  }
  hwy::SetSupportedTargetsForTest(chosen);
  const Kernels* kernels = HWY_DYNAMIC_DISPATCH(all_kernels)();
  hwy::SetSupportedTargetsForTest(0);
  return kernels;
}

const Kernels*& chosen() {
  static const Kernels* kernels = [] {
    const char* asked = std::getenv("RNNBENCH_SIMD");
    return named_kernels(asked == nullptr ? "" : asked);
  }();
  return kernels;
}

}  // namespace

const Kernels& kernels() { return *chosen(); }

std::vector<std::string> kernel_targets() {
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets())
    names.emplace_back(hwy::TargetName(target));
  return names;
}

void use_kernels(const std::string& target) { chosen() = named_kernels(target); }

}  // namespace rnnbench::fused
#endif
