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
  /// decay don't act on. Without `one_pass` all kinds are the plain engine's.
  Optimizer(const OptimizerSpec& spec, eigen::Optimizer<Real>& state, eigen::WeightRange spared,
            ThreadPool& threads, bool one_pass = true);

  /// As eigen::Optimizer::step.
  void step(eigen::WeightStore<Real>& weights, double learning_rate, double scale);

 private:
  AdamRates rates_at(double learning_rate, double scale) const;

  bool has_kernel_;
  eigen::WeightRange spared_;
  ThreadPool& threads_;
  const Kernels& kernels_;
  eigen::Optimizer<Real>& state_;
};

}  // namespace rnnbench::fused
