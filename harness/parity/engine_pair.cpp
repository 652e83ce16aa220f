#include "harness/parity/engine_pair.hpp"

#include <vector>

#include "harness/core/seeds.hpp"

namespace rnnbench {
namespace {

bool is_optimizer_state(const std::string& name) { return name.starts_with("optimizer."); }

/// The weights of a state, or the rest of it.
Parameters part_of(const Parameters& state, bool optimizer) {
  Parameters part;
  for (const auto& [name, tensor] : state) {
    if (is_optimizer_state(name) == optimizer) part.emplace(name, tensor);
  }
  return part;
}

std::vector<float> probabilities(Engine& engine, const Batch& batch) {
  std::vector<float> positive(batch.labels.size());
  engine.predict(batch, positive);
  engine.synchronize();
  return positive;
}

}  // namespace

EnginePair::EnginePair(const ParityRequest& request, const TrainingSpec& training, int vocabulary, int length,
                       Precision precision, const MakeParityEngine& make_engine)
    : precision_(precision) {
  const auto make = [&](const ParityEngine& engine) {
    return make_engine(engine.name, {.model = request.model,
                                     .training = training,
                                     .vocabulary = vocabulary,
                                     .length = length,
                                     .device = engine.device,
                                     .dropout_seed = run_seeds(request.seed).dropout,
                                     .precision = precision,
                                     .shared_masks = true});
  };
  reference_ = make(request.reference);
  candidate_ = make(request.candidate);
}

void EnginePair::set_state(const Parameters& state) {
  reference_->set_state(state);
  candidate_->set_state(state);
}

void EnginePair::compare_gradients(const Batch& batch, const std::optional<DropoutDraw>& draw,
                                   ParityFindings& findings) {
  const LossAndGradients expected = reference_->gradients(batch, draw);
  const LossAndGradients actual = candidate_->gradients(batch, draw);
  findings.compare_number("loss", "", actual.loss, expected.loss, ParityBounds::kLoss);
  findings.compare_tensors("gradients", actual.gradients, expected.gradients, ParityBounds::kGradients);
}

void EnginePair::compare_predictions(const Batch& batch, ParityFindings& findings) {
  findings.compare_probabilities(probabilities(*candidate_, batch), probabilities(*reference_, batch));
}

void EnginePair::compare_step_loss(const Batch& batch, double learning_rate, ParityFindings& findings) {
  NullPhaseClock phases;
  for (Engine* engine : {reference_.get(), candidate_.get()}) {
    engine->take_totals();
    engine->train_step(batch, learning_rate, phases);
  }
  findings.compare_number("loss of the step", "", candidate_->take_totals().loss,
                          reference_->take_totals().loss, ParityBounds::kLoss);
}

void EnginePair::compare_step(const Parameters& before, const Batch& batch, double learning_rate,
                              ParityFindings& findings) {
  compare_step_loss(batch, learning_rate, findings);
  const Parameters expected = reference_->state();
  const Parameters actual = candidate_->state();
  findings.compare_updates(part_of(before, false), part_of(actual, false), part_of(expected, false),
                           ParityBounds::kUpdate);
  findings.compare_tensors("state", part_of(actual, true), part_of(expected, true), ParityBounds::kUpdate);
}

Parameters starting_parameters(const ParityRequest& request, int vocabulary) {
  ModelSpec model = request.model;
  if (request.vectors.empty()) model.embedding.vectors.clear();
  return initial_parameters(model, vocabulary, run_seeds(request.seed).initialisation, request.vectors);
}

}  // namespace rnnbench
