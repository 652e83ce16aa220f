#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "harness/data/encoded_data.hpp"
#include "harness/parity/engine_pair.hpp"

namespace rnnbench {

/// What a check needs from outside.
struct ParityServices {
  MakeParityEngine make_engine;
  std::function<void(const std::string& doing)> progress;  ///< told what is done now, often
  std::stop_token stop;
};

/// Groups of ParityError, in the order of the checks.
inline constexpr const char* kBatches = "batches";
inline constexpr const char* kBatchesWithDropout = "batches with dropout";
inline constexpr const char* kOptimizerSteps = "optimizer steps";
inline constexpr const char* kPointsOfTraining = "points of training";

/// Both engines at the same fresh weights on odd_batches(): loss and gradients without dropout and with the
/// masks of one draw, and probabilities.
void check_batches(EnginePair& pair, const ParityRequest& request, const EncodedData& data,
                   const ParityServices& services, ParityFindings& findings);

/// Two steps of each of optimizer_cases() in double, both engines starting each from the same state. Which
/// optimiser it is doesn't depend on the batch's size, so it is a small one: at most 7 reviews of 32 steps,
/// and a vocabulary of the words in it.
void check_optimizer_steps(const ParityRequest& request, const EncodedData& data,
                           const ParityServices& services, ParityFindings& findings);

/// The reference trains with the request's own settings, dropout on. At 5 points, `stride` steps apart, the
/// candidate gets its weights and optimiser state; then loss and gradients on the next batch are compared,
/// with masks, and a whole step: in double on up to 7 of its reviews and the vocabulary of their words (the
/// loss of the step in the request's precision on the whole batch).
void check_training_points(EnginePair& pair, const ParityRequest& request, const EncodedData& data,
                           const ParityServices& services, ParityFindings& findings);

/// All of them. Fills in what the engines say of themselves and what they compute in; model, training,
/// precision and errors are set, the rest is the caller's. Throws EngineError where an engine can't be made
/// or fails, Interrupted.
ParityRecord check_parity(const ParityRequest& request, const EncodedData& data,
                          const ParityServices& services);

}  // namespace rnnbench
