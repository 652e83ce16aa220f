#include "harness/data/fit_sequence.hpp"

#include <algorithm>

namespace rnnbench {

std::int32_t fit_sequence(std::span<const std::int32_t> sequence, const Recipe& recipe,
                          std::span<std::int32_t> row) {
  const std::size_t kept = std::min(sequence.size(), row.size());
  const std::size_t padding = row.size() - kept;
  const auto source = recipe.truncation == End::kBack ? sequence.first(kept) : sequence.last(kept);
  const bool at_front = recipe.padding == End::kFront;
  std::ranges::fill(at_front ? row.first(padding) : row.last(padding), recipe.padding_id);
  std::ranges::copy(source, row.begin() + static_cast<std::ptrdiff_t>(at_front ? padding : 0));
  return static_cast<std::int32_t>(kept);
}

}  // namespace rnnbench
