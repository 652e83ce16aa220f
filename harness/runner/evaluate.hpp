#pragma once

#include <stop_token>
#include <vector>

#include "harness/data/encoded_data.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

struct Evaluation {
  double seconds = 0;
  std::vector<float> positive;  ///< [reviews], probability of the positive class
};

/// Predicts all reviews of `part`, `batch` at a time. Throws Interrupted when asked to stop.
Evaluation evaluate(Engine& engine, const EncodedData& data, const EncodedPart& part, int batch,
                    const std::stop_token& stop);

}  // namespace rnnbench
