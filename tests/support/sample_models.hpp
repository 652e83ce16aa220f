#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "harness/model/model_spec.hpp"
#include "harness/model/training_spec.hpp"

namespace rnnbench {

/// A model with the sizes it is used at.
struct SampleModel {
  std::string name;
  int vocabulary = 0;
  int length = 0;
  ModelSpec model;
  TrainingSpec training;
};

/// The six published models, m1 to m6, in order.
std::vector<SampleModel> reported_models();

/// Embedding of 3 features, one tanh RNN of 4 units with two biases, last pooling, softmax. For checks
/// that change one thing at a time.
ModelSpec tiny_rnn();

/// Lets test names and failures show the model's name.
std::ostream& operator<<(std::ostream& out, const SampleModel& sample);

}  // namespace rnnbench
