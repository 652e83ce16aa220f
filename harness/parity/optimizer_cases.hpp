#pragma once

#include <string>
#include <vector>

#include "harness/model/training_spec.hpp"

namespace rnnbench {

struct OptimizerCase {
  std::string name;  ///< "adam, keras form, clipped"
  TrainingSpec training;
};

/// Every optimiser in both frameworks' forms: plain, with L2 (AdamW: decay), and with a gradient that is
/// clipped. `threads` as in TrainingSpec.
std::vector<OptimizerCase> optimizer_cases(int threads);

}  // namespace rnnbench
