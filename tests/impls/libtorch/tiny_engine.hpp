#pragma once

#include <vector>

#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {

constexpr int kVocabulary = 12;
constexpr int kTime = 6;

inline EngineSetup tiny_setup(const ModelSpec& model = tiny_rnn(), const TrainingSpec& training = {}) {
  return single_thread_setup(model, training, kVocabulary, kTime);
}

/// Takes `steps` steps on the same batch.
inline void train(Engine& engine, const SampleBatch& batch, int steps, double learning_rate = 0.01) {
  NullPhaseClock phases;
  for (int step = 0; step < steps; ++step) engine.train_step(batch.view(), learning_rate, phases);
}

inline std::vector<float> predictions(Engine& engine, const SampleBatch& batch) {
  std::vector<float> positive(batch.labels.size());
  engine.predict(batch.view(), positive);
  return positive;
}

}  // namespace rnnbench
