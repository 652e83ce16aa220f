#pragma once

#include <memory>
#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// What is wrong with an engine.
enum class Defect {
  kNone,
  kWrongGradient,       ///< one entry of head.kernel is off by 3e-4 of the largest
  kTieInSingle,         ///< the same, in single precision only, as rounding at a maximum makes it
  kNanGradient,         ///< one entry of embedding.weight
  kMissingGradient,     ///< head.bias has none
  kGradientWhereZero,   ///< layers.0.input_bias has a tiny one, the other engine has zeros
  kOtherMasks,          ///< those of the next step
  kOtherMasksInSteps,   ///< the same, in training steps only
  kWrongProbability,    ///< by 1e-4, of the last review of a batch
  kDriftsWithTraining,  ///< the gradient is wrong as soon as an optimiser step was taken
  kForgetsDecay,        ///< steps without L2 and decay
  kForgetsClipping,     ///< steps as if there were no clipping
  kForgetsMomentum,     ///< wrong from the second step on
  kFailsOnAllPadding,   ///< NaN where a batch holds no word
  kStepsUphill,         ///< steps in the wrong direction
};

/// A small engine of its own for checks: the mean of the words' vectors, dropped out by one shared mask
/// [reviews, size], times head.kernel, softmax. Layers get zero gradients. Every optimiser is SGD with
/// momentum, L2 and decay. Computes in double.
std::unique_ptr<Engine> make_defective_engine(const EngineSetup& setup, Defect defect);

}  // namespace rnnbench
