#include "impls/libtorch/pending_predictions.hpp"

#include <algorithm>
#include <utility>

#include "impls/libtorch/tensors.hpp"

namespace rnnbench {

void PendingPredictions::add(at::Tensor probabilities, std::span<float> positive) {
  pending_.push_back({std::move(probabilities), positive});
}

void PendingPredictions::write() {
  for (const auto& [probabilities, positive] : std::exchange(pending_, {})) {
    const Tensor values = to_host(probabilities);
    std::copy(values.values.begin(), values.values.end(), positive.begin());
  }
}

}  // namespace rnnbench
