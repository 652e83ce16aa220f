#include "plots/style.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <utility>

#include "plots/gnuplot_text.hpp"

namespace rnnbench {
namespace {

constexpr std::array<Shape, 6> kShapes = {Shape::kCircle,  Shape::kTriangle, Shape::kSquare,
                                          Shape::kDiamond, Shape::kPentagon, Shape::kTriangleDown};

}  // namespace

TrialStyle::TrialStyle(const FigureData& data, const Palette& palette) {
  for (const TrialData& trial : data.trials) {
    colours_[trial.engine];
    shapes_[trial.cell];
  }
  std::size_t next = 0;
  for (auto& [engine, colour] : colours_) colour = palette.categories[next++ % palette.categories.size()];
  next = 0;
  for (auto& [cell, shape] : shapes_) shape = kShapes[next++ % kShapes.size()];
}

std::string TrialStyle::colour(const TrialData& trial) const { return colours_.at(trial.engine); }

Shape TrialStyle::shape(const TrialData& trial) const { return shapes_.at(trial.cell); }

std::vector<LegendEntry> trial_legend(const std::vector<const TrialData*>& trials, const TrialStyle& style) {
  std::map<std::pair<std::string, std::string>, const TrialData*> pairs;
  for (const TrialData* trial : trials) pairs.try_emplace({trial->engine, trial->cell}, trial);
  std::vector<LegendEntry> legend;
  for (const auto& [pair, trial] : pairs) {
    legend.push_back({shortened(fmt::format("{} {}", pair.first, pair.second), 40), Mark::kSolid,
                      style.colour(*trial), style.shape(*trial)});
  }
  return legend;
}

}  // namespace rnnbench
