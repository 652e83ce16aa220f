#include "harness/core/cell_names.hpp"

#include <algorithm>

namespace rnnbench {

std::string joined_cells(std::vector<std::string> layers) {
  if (std::all_of(layers.begin(), layers.end(), [&](const auto& name) { return name == layers.front(); })) {
    layers.resize(std::min<std::size_t>(layers.size(), 1));
  }
  std::string joined;
  for (const std::string& name : layers) joined += (joined.empty() ? "" : "+") + name;
  return joined;
}

}  // namespace rnnbench
