#pragma once

#include "harness/model/parameters.hpp"
#include "impls/eigen/optimizer.hpp"
#include "impls/eigen/weight_store.hpp"

namespace rnnbench::eigen {

/// Weights and, once a step was taken, optimiser state, as Engine::state says. Frozen weights have no
/// optimiser state, and neither has SGD without momentum, but for its step.
template <typename Scalar>
Parameters export_state(const WeightStore<Scalar>& weights, const Optimizer<Scalar>& optimizer);

/// The reverse. Throws EngineError that names the first missing, unknown or misshapen tensor, and changes
/// nothing then.
template <typename Scalar>
void import_state(const Parameters& state, WeightStore<Scalar>& weights, Optimizer<Scalar>& optimizer);

/// Gradients by the names of their weights.
template <typename Scalar>
Parameters export_gradients(const WeightStore<Scalar>& weights);

}  // namespace rnnbench::eigen
