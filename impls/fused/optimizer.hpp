#pragma once

#include <optional>

#include "impls/eigen/optimizer.hpp"
#include "impls/fused/idle_rows.hpp"
#include "impls/fused/kernels.hpp"
#include "impls/fused/shortcuts.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

/// Adam and AdamW in one pass over memory on all threads, clipping, decay and l2 included, rows of the
/// embedding that a batch leaves alone put off; other kinds as the plain engine has them.
class Optimizer {
 public:
  /// `weights`, and `state`: its memory, rates and steps; outlive this, as `threads` do. `spared`: the
  /// weights that l2 and decay don't act on, none or the embedding's. Without the shortcut `adam` all kinds
  /// are the plain engine's.
  Optimizer(const OptimizerSpec& spec, eigen::WeightStore<Real>& weights, eigen::Optimizer<Real>& state,
            eigen::WeightRange spared, ThreadPool& threads, const Shortcuts& shortcuts);

  /// As eigen::Optimizer::step. `touched`: the rows of the embedding that have a gradient.
  void step(double learning_rate, double scale, std::span<const std::int32_t> touched);

  /// Whether rows are put off.
  bool idles() const { return idle_.has_value(); }

  /// To be called before the embedding's rows of these ids are read.
  void settle(std::span<const std::int32_t> ids);
  /// To be called before all weights are read, or written.
  void settle();

 private:
  AdamRates rates_at(double learning_rate, double scale) const;
  void move(eigen::WeightRange range, const AdamRates& rates);

  bool has_kernel_;
  bool spares_embedding_;
  eigen::WeightRange embedding_;  ///< where its rows may be idle
  ThreadPool& threads_;
  const Kernels& kernels_;
  eigen::WeightStore<Real>& weights_;
  eigen::Optimizer<Real>& state_;
  std::optional<IdleRows> idle_;
};

}  // namespace rnnbench::fused
