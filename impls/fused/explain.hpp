#pragma once

#include <cstdint>

#include "harness/model/step_explanation.hpp"
#include "impls/fused/batch_plan.hpp"

namespace rnnbench::fused {

/// What a training step comes to with this plan of its batch. `words`: whether words' products are made once.
/// `weights`: that the optimiser moves; `idle`: how many of them it moves late, see IdleRows.
StepExplanation explain(const ModelSpec& spec, const Batch& batch, const BatchPlan& plan, bool words,
                        std::int64_t weights, std::int64_t idle = 0);

}  // namespace rnnbench::fused
