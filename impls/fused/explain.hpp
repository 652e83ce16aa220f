#pragma once

#include <cstdint>

#include "harness/model/step_explanation.hpp"
#include "impls/fused/batch_plan.hpp"

namespace rnnbench::fused {

/// What a training step comes to with this plan of its batch. `words`: whether words' products are made once.
/// `weights`: that the optimiser moves.
StepExplanation explain(const ModelSpec& spec, const Batch& batch, const BatchPlan& plan, bool words,
                        std::int64_t weights);

}  // namespace rnnbench::fused
