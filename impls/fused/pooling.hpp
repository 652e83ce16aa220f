#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "impls/fused/batch_plan.hpp"
#include "impls/fused/floats.hpp"
#include "impls/fused/kernels.hpp"

namespace rnnbench::fused {

/// The mask of dropout on each element of a layer's output, [time, reviews, features].
struct OutputMask {
  ByteMask mask;
  int reviews = 0;
  int features = 0;

  ByteMask row(int slot, int review) const {
    return mask.from((static_cast<std::int64_t>(slot) * reviews + review) * features);
  }
};

/// Outputs of one direction of the last layer over a shard → [samples, units], and the way back. What is
/// shared padding counts for each review that goes on from it.
class Pool {
 public:
  explicit Pool(Pooling kind) : kind_(kind), kernels_(kernels()) {}

  /// `outputs` begin at the shard's first row, [rows, width]; `first`: of the direction's features in the
  /// mask.
  void forward(const Shard& shard, bool homeward, const Real* outputs, int width, int units,
               const OutputMask& mask, int first);

  /// What was pooled of a sample, [width].
  Real* pooled(int sample) { return sums_.data() + static_cast<std::int64_t>(sample) * width_; }
  const Real* pooled(int sample) const { return sums_.data() + static_cast<std::int64_t>(sample) * width_; }

  /// Takes the gradients by `pooled`, which the caller has put there instead. Call before `above`.
  void begin_backward(const Shard& shard);

  /// Adds ∂L/∂h of a tick to `carried` [active, width]; ticks in the order of the way back.
  void above(const Shard& shard, int tick, Real* carried);

 private:
  int end_of(const Shard& shard, int sample) const {
    return (homeward_ ? shard.homeward_end : shard.onward_end)[static_cast<std::size_t>(sample)];
  }
  void add_tick(const Shard& shard, int tick, const Real* outputs);
  void join(const Shard& shard, int tick);
  Real* winner(int sample) { return winners_.data() + static_cast<std::int64_t>(sample) * width_; }
  static Real share(const Shard& shard, int sample);
  ByteMask mask_of(const Shard& shard, int tick, int sample) const;

  bool is_masked() const { return mask_.mask.stays != nullptr; }

  Pooling kind_;
  const Kernels& kernels_;
  bool homeward_ = false;
  int width_ = 0, units_ = 0, first_ = 0;
  OutputMask mask_;
  Floats sums_;     // [samples, width]
  Floats winners_;  // [samples, width]: the tick of the maximum; 0: none yet
};

}  // namespace rnnbench::fused
