#pragma once

#include "impls/eigen/optimizer.hpp"
#include "impls/fused/kernels.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

/// Adam and AdamW in one pass over memory on all threads, clipping, decay and l2 included; other kinds as the
/// plain engine has them.
class Optimizer {
 public:
  Optimizer(const OptimizerSpec& spec, eigen::Index weights, eigen::WeightRange spared, ThreadPool& threads);

  /// As eigen::Optimizer::step.
  void step(eigen::WeightStore<Real>& weights, double learning_rate, double scale);

  /// Its memory and steps, for state() and set_state().
  eigen::Optimizer<Real>& state() { return state_; }
  const eigen::Optimizer<Real>& state() const { return state_; }

 private:
  AdamRates rates_at(double learning_rate, double scale) const;

  OptimizerSpec spec_;
  eigen::WeightRange spared_;
  ThreadPool& threads_;
  const Kernels& kernels_;
  eigen::Optimizer<Real> state_;
};

}  // namespace rnnbench::fused
