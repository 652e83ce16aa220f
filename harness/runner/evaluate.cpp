#include "harness/runner/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "harness/core/error.hpp"

namespace rnnbench {

Evaluation judge(std::vector<float> positive, std::span<const std::uint8_t> labels) {
  constexpr double kLeast = 1e-7;
  double loss = 0;
  std::int64_t correct = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = positive[i];
    const double of_label = labels[i] == 1 ? p : 1 - p;
    loss -= std::isnan(p) ? p : std::log(std::clamp(of_label, kLeast, 1 - kLeast));
    correct += !std::isnan(p) && (p >= 0.5) == (labels[i] == 1) ? 1 : 0;
  }
  const auto reviews = static_cast<double>(labels.size());
  return {.loss = loss / reviews,
          .accuracy = static_cast<double>(correct) / reviews,
          .seconds = 0,
          .positive = std::move(positive)};
}

Evaluation evaluate(Engine& engine, const EncodedData& data, const EncodedPart& part, int batch,
                    const std::stop_token& stop) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<float> positive(part.reviews());
  for (std::size_t first = 0; first < part.reviews();) {
    if (stop.stop_requested()) throw Interrupted();
    const std::size_t count = std::min<std::size_t>(static_cast<std::size_t>(batch), part.reviews() - first);
    engine.predict(data.rows(part, first, count), std::span(positive).subspan(first, count));
    first += count;
  }
  engine.synchronize();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  Evaluation evaluation = judge(std::move(positive), part.labels);
  evaluation.seconds = elapsed.count();
  return evaluation;
}

}  // namespace rnnbench
