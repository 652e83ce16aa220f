#pragma once

#include <memory>
#include <string>

#include "harness/model/parameters.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {

/// What tests make engines from: one thread, so that sums have one order.
inline EngineSetup single_thread_setup(const ModelSpec& model, const TrainingSpec& training, int vocabulary,
                                       int length) {
  EngineSetup setup{model, training, vocabulary, length, Device::kCpu, /*dropout_seed=*/7};
  setup.training.threads = 1;
  return setup;
}

/// An engine with the initial parameters of seed 1.
inline std::unique_ptr<Engine> started_engine(const std::string& engine, const EngineSetup& setup) {
  std::unique_ptr<Engine> started = make_engine(engine, setup);
  started->set_state(initial_parameters(setup.model, setup.vocabulary, /*seed=*/1));
  return started;
}

}  // namespace rnnbench
