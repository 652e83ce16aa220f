#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "impls/eigen/optimizer.hpp"
#include "impls/fused/kernels.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

/// Weights that a thread moves at a time.
inline constexpr std::int64_t kMovedAtOnce = 1 << 15;

/// Rows of the embedding that no word of a batch has: Adam moves them in every step all the same, since their
/// moments shrink and l2 pulls. These steps are put off until the row is read or kMostBehind of them have
/// gathered, and are then taken one after the other in registers: the same bits as in time, with a
/// kMostBehind-th of the traffic to memory.
class IdleRows {
 public:
  static constexpr int kMostBehind = 8;

  /// `rows`: where the embedding lies in the flat weights, of `columns` a row; none: no row is ever idle.
  /// `weights` and `state` (its two moments) outlive this, as `threads` do.
  IdleRows(eigen::WeightRange rows, int columns, eigen::WeightStore<Real>& weights,
           eigen::Optimizer<Real>& state, ThreadPool& threads);

  /// Brings the rows of these ids (any number of times each) up to the last step, before they are read.
  void settle(std::span<const std::int32_t> ids);
  /// Likewise all rows.
  void settle();

  /// A step by `rates`: moves the rows that have a gradient, which must be settled, and of the others one in
  /// kMostBehind.
  void step(const AdamRates& rates, std::span<const std::int32_t> touched);

 private:
  /// Rows [first, first + count) are `behind` steps behind.
  void catch_up(std::int64_t first, std::int64_t count, int behind);
  void sweep(std::int64_t begin, std::int64_t end);

  std::int64_t begin_, columns_, rows_;
  eigen::WeightStore<Real>& weights_;
  eigen::Optimizer<Real>& state_;
  ThreadPool& threads_;
  const Kernels& kernels_;
  std::array<AdamRates, kMostBehind> rates_ = {};  ///< of the last steps, the newest at the end
  std::uint32_t steps_ = 0;                        ///< taken here
  std::uint32_t settled_ = 0;                      ///< of these steps, up to which all rows were moved
  std::vector<std::uint32_t> moved_;               ///< [rows]: of these steps, up to which a row was moved
  std::vector<std::int32_t> unsettled_;            ///< of a call
};

}  // namespace rnnbench::fused
