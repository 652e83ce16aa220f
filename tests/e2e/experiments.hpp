#pragma once

#include <string>

namespace rnnbench {

/// A matrix on the toy reviews that takes a second or two: eigen RNN × two lengths × two seeds.
inline std::string small_experiment(const std::string& extra = "") {
  return R"(schema = 1
name = "small"
question = "Does it work?"
seeds = [1, 2]
[data]
set = "toy"
recipe = "toy"
validation = 0.1
limit = { train = 400, test = 200 }
[axes]
engine = ["eigen"]
"recipe.length" = [10, 20]
[model]
embedding = { size = 8 }
layers = [{ cell = "rnn", units = 8 }]
[training]
optimizer = { name = "adam", learning_rate = 1e-2 }
batch = 16
epochs = 3
)" + extra;
}

}  // namespace rnnbench
