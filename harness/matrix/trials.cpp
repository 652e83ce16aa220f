#include "harness/matrix/trials.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

[[noreturn]] void refuse_twins(const MatrixCell& first, const MatrixCell& second) {
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < first.axis_values.size(); ++i) {
    const auto& [path, value] = first.axis_values[i];
    if (value == second.axis_values[i].second) continue;
    differences.push_back(fmt::format("{} ({} and {})", path, value, second.axis_values[i].second));
  }
  const std::string& place = second.origins->find("")->second;
  const std::string cell =
      first.axis_values.empty() && first.included_values.empty() ? "without axes" : label(first);
  if (differences.empty()) {
    throw ConfigError(fmt::format("{}: the cell {} is there twice; take an [[include]] out", place, cell));
  }
  throw ConfigError(
      fmt::format("{}: the cells {} and {} are the same trial: they differ only in {}, which changes "
                  "nothing there; exclude one of them",
                  place, cell, label(second), fmt::join(differences, ", ")));
}

}  // namespace

std::vector<Trial> make_trials(const ExperimentFile& experiment, const Resolver& resolve) {
  std::vector<Trial> trials;
  std::unordered_map<std::string, std::size_t> known;
  for_each_cell(experiment, [&](const MatrixCell& cell) {
    std::string text = resolve(cell).dump();
    std::string key = sha256_hex(text);
    const auto [same, is_new] = known.emplace(key, trials.size());
    if (!is_new) refuse_twins(trials[same->second].cell, cell);
    trials.push_back(
        {std::move(key), std::move(text), {{}, cell.origins, cell.axis_values, cell.included_values}});
  });
  return trials;
}

}  // namespace rnnbench
