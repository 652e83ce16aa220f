#pragma once

#include "impls/eigen/optimizer.hpp"
#include "impls/fused/kernels.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

/// Adam and AdamW in one pass over memory on all threads, clipping, decay and l2 included; other kinds as the
/// plain engine has them.
class Optimizer {
 public:
  /// `state`: its memory, rates and steps; outlives this, as `threads` do. `spared`: the weights that l2 and
  /// decay don't act on.
  Optimizer(const OptimizerSpec& spec, eigen::Optimizer<Real>& state, eigen::WeightRange spared,
            ThreadPool& threads);

  /// As eigen::Optimizer::step.
  void step(eigen::WeightStore<Real>& weights, double learning_rate, double scale);

 private:
  AdamRates rates_at(double learning_rate, double scale) const;

  OptimizerSpec spec_;
  eigen::WeightRange spared_;
  ThreadPool& threads_;
  const Kernels& kernels_;
  eigen::Optimizer<Real>& state_;
};

}  // namespace rnnbench::fused
