#include "harness/matrix/combinations.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostCells = 1'000'000;

/// Axes that move together: [begin, end) of an experiment's, with as many values.
struct Wheel {
  std::size_t begin;
  std::size_t end;
  std::size_t values;
};

std::vector<Wheel> wheels_of(const std::vector<MatrixAxis>& axes) {
  std::vector<Wheel> wheels;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (i > 0 && axes[i].zip != 0 && axes[i].zip == axes[i - 1].zip) {
      wheels.back().end = i + 1;
    } else {
      wheels.push_back({i, i + 1, axes[i].values.size()});
    }
  }
  return wheels;
}

void refuse_too_many(const std::vector<Wheel>& wheels, const std::string& file) {
  std::size_t cells = 1;
  for (const Wheel& wheel : wheels) {
    cells *= wheel.values;
    if (cells > kMostCells) {
      throw ConfigError(
          fmt::format("{}: axes: they make more than {} cells; take values or axes out", file, kMostCells));
    }
  }
}

}  // namespace

void for_each_combination(
    const std::vector<MatrixAxis>& axes, const std::string& file,
    const std::function<void(const std::vector<Assignment>& combination, std::size_t changed)>& visit) {
  const std::vector<Wheel> wheels = wheels_of(axes);
  refuse_too_many(wheels, file);
  std::vector<std::size_t> chosen(wheels.size(), 0);
  std::vector<Assignment> combination;
  for (const MatrixAxis& axis : axes) combination.push_back({axis.path, axis.values.front(), axis.origin});
  for (std::size_t changed = 0;;) {
    visit(combination, changed);
    for (std::size_t turned = wheels.size();;) {
      if (turned == 0) return;
      const Wheel& wheel = wheels[--turned];
      chosen[turned] = (chosen[turned] + 1) % wheel.values;
      for (std::size_t i = wheel.begin; i < wheel.end; ++i) {
        combination[i].value = axes[i].values[chosen[turned]];
      }
      changed = wheel.begin;
      if (chosen[turned] != 0) break;
    }
  }
}

}  // namespace rnnbench
