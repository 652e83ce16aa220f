#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "harness/model/engine.hpp"
#include "harness/parity/compare.hpp"

namespace rnnbench {

struct ParityEngine {
  std::string name;
  Device device = Device::kCpu;
};

/// What is compared, and how.
struct ParityRequest {
  ModelSpec model;
  TrainingSpec training;
  ParityEngine reference;
  ParityEngine candidate;
  Precision precision = Precision::kSingle;  ///< of everything but the steps, which are taken in double
  /// Reviews a batch, whatever the training settings say. Odd: vector lanes are half filled, and labels don't
  /// balance, which would leave nothing but rounding of the head's bias gradient.
  int batch = 17;
  int stride = 5;  ///< training steps before each point of the training run
  std::uint64_t seed = 1;
  /// [vocabulary, size]: what the embedding starts from where the model names word vectors; the caller keeps
  /// them. Without them it starts from ordinary values: the function that is compared is the same.
  std::span<const float> vectors = {};
};

/// Makes an engine by name. Throws EngineError.
using MakeParityEngine =
    std::function<std::unique_ptr<Engine>(const std::string& name, const EngineSetup& setup)>;

/// Two engines made from the same settings, with shared dropout masks.
class EnginePair {
 public:
  EnginePair(const ParityRequest& request, const TrainingSpec& training, int vocabulary, int length,
             Precision precision, const MakeParityEngine& make_engine);

  Engine& reference() { return *reference_; }
  Engine& candidate() { return *candidate_; }
  Precision precision() const { return precision_; }

  /// Both get the same weights and optimiser state.
  void set_state(const Parameters& state);

  /// Loss and gradients on a batch: without dropout, or with the masks of a draw.
  void compare_gradients(const Batch& batch, const std::optional<DropoutDraw>& draw,
                         ParityFindings& findings);

  /// Probabilities, which are without dropout.
  void compare_predictions(const Batch& batch, ParityFindings& findings);

  /// Both take one step from the state they have; compares the loss that it reports.
  void compare_step_loss(const Batch& batch, double learning_rate, ParityFindings& findings);

  /// Both take one step from `before`, the state they have: compares the loss it reports, how it moves each
  /// weight, and the optimiser's state after it.
  void compare_step(const Parameters& before, const Batch& batch, double learning_rate,
                    ParityFindings& findings);

 private:
  Precision precision_;
  std::unique_ptr<Engine> reference_;
  std::unique_ptr<Engine> candidate_;
};

/// The initial parameters of the request's model and seed.
Parameters starting_parameters(const ParityRequest& request, int vocabulary);

}  // namespace rnnbench
