#include "impls/libtorch/state_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

bool is_optimizer_state(const std::string& name) { return name.starts_with("optimizer."); }

void check_tensor(const std::string& name, const Tensor& tensor, const std::vector<std::int64_t>& shape) {
  if (tensor.shape != shape) {
    throw EngineError(fmt::format("tensor {} has shape [{}], this model's has [{}]", name,
                                  fmt::join(tensor.shape, ", "), fmt::join(shape, ", ")));
  }
  const auto count = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  if (static_cast<std::int64_t>(tensor.values.size()) != count) {
    throw EngineError(fmt::format("tensor {} holds {} values, its shape [{}] needs {}", name,
                                  tensor.values.size(), fmt::join(shape, ", "), count));
  }
}

}  // namespace

void check_state(const Parameters& state, const Shapes& weights, const Shapes& optimizer) {
  Shapes expected = weights;
  if (std::any_of(state.begin(), state.end(),
                  [](const auto& entry) { return is_optimizer_state(entry.first); })) {
    expected.insert(optimizer.begin(), optimizer.end());
  }
  for (const auto& [name, shape] : expected) {
    const auto found = state.find(name);
    if (found == state.end()) throw EngineError("tensor " + name + " is missing from the state");
    check_tensor(name, found->second, shape);
  }
  for (const auto& [name, tensor] : state) {
    if (!expected.contains(name)) throw EngineError("tensor " + name + " is not one of this model's");
  }
}

}  // namespace rnnbench
