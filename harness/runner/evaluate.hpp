#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "harness/data/encoded_data.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

struct Evaluation {
  double loss = 0;      ///< mean cross-entropy in nats; probabilities clipped to [1e-7, 1 - 1e-7]
  double accuracy = 0;  ///< share of reviews whose more probable class is the label (a tie is positive)
  double seconds = 0;
  std::vector<float> positive;  ///< [reviews], probability of the positive class
};

/// Loss and accuracy of given probabilities against labels. A probability that is NaN makes the loss NaN
/// and counts as wrong.
Evaluation judge(std::vector<float> positive, std::span<const std::uint8_t> labels);

/// Predicts all reviews of `part`, `batch` at a time. Throws Interrupted when asked to stop.
Evaluation evaluate(Engine& engine, const EncodedData& data, const EncodedPart& part, int batch,
                    const std::stop_token& stop);

}  // namespace rnnbench
