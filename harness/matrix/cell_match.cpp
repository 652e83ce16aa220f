#include "harness/matrix/cell_match.hpp"

#include <algorithm>
#include <utility>

#include "harness/core/cell_names.hpp"

namespace rnnbench {

bool matches(const std::vector<Assignment>& pattern, const Json& settings) {
  return std::all_of(pattern.begin(), pattern.end(), [&](const Assignment& each) {
    if (each.path == kCellKey) return each.value == shown_cell(settings);
    const Json* value = find_setting(settings, each.path);
    return value != nullptr && *value == each.value;
  });
}

std::string shown_cell(const Json& settings) {
  const Json* layers = find_setting(settings, "model.layers");
  std::vector<std::string> names;
  if (layers == nullptr || !layers->is_array()) return "";
  for (const Json& layer : *layers) {
    const Json* cell = find_setting(layer, "cell");
    const Json* both = find_setting(layer, "bidirectional");
    names.push_back(both != nullptr && *both == true ? "bi-" : "");
    names.back() += cell == nullptr ? "rnn" : cell->is_string() ? cell->get<std::string>() : cell->dump();
  }
  return joined_cells(std::move(names));
}

}  // namespace rnnbench
