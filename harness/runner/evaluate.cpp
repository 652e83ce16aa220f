#include "harness/runner/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {

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
  return {elapsed.count(), std::move(positive)};
}

}  // namespace rnnbench
