#include "tests/impls/fused/network_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rnnbench::fused {

NetworkPair::NetworkPair(const ModelSpec& spec, int vocabulary, int threads, const Shortcuts& shortcuts,
                         int shards, bool rounds)
    : pool(threads), fused(spec, vocabulary, pool, shortcuts, shards, rounds), plain(spec, vocabulary) {
  for (const auto& [name, tensor] : initial_parameters(spec, vocabulary, /*seed=*/3)) {
    const double scale = name == "embedding.weight" && spec.initializers == Initializers::kKeras ? 10 : 1;
    std::ranges::transform(tensor.values, plain.weights().weight(name).data(), [&](double value) {
      return static_cast<double>(static_cast<Real>(scale * value));
    });
    std::ranges::transform(tensor.values, fused.weights().weight(name).data(),
                           [&](double value) { return static_cast<Real>(scale * value); });
  }
  fused.weights_changed();
}

std::string difference_in_all(const Parameters& actual, const Parameters& expected, double fraction) {
  double largest = 1e-6;
  for (const auto& [name, tensor] : expected) {
    for (const double value : tensor.values) largest = std::max(largest, std::abs(value));
  }
  if (actual.size() != expected.size()) return "another number of tensors";
  for (const auto& [name, tensor] : expected) {
    const Tensor& found = actual.at(name);
    if (found.shape != tensor.shape) return name + " has another shape";
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      if (std::abs(found.values[i] - tensor.values[i]) <= fraction * largest) continue;
      return fmt::format("{}: element {} is {}, expected {} (largest of all {})", name, i, found.values[i],
                         tensor.values[i], largest);
    }
  }
  return "";
}

}  // namespace rnnbench::fused
