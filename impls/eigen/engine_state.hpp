#pragma once

#include "harness/model/parameters.hpp"
#include "impls/eigen/optimizer.hpp"
#include "impls/eigen/weight_store.hpp"

namespace rnnbench::eigen {

/// Weights and, once a step was taken, optimiser state, as Engine::state says. Frozen weights have no
/// optimiser state, and neither has SGD without momentum, but for its step.
Parameters export_state(const WeightStore<float>& weights, const Optimizer<float>& optimizer);

/// The reverse. Throws EngineError that names the first missing, unknown or misshapen tensor, and changes
/// nothing then.
void import_state(const Parameters& state, WeightStore<float>& weights, Optimizer<float>& optimizer);

/// Gradients by the names of their weights.
Parameters export_gradients(const WeightStore<float>& weights);

}  // namespace rnnbench::eigen
