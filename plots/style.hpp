#pragma once

#include <map>
#include <string>

#include "plots/plot.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// Engines by colour and cells by shape, the same in all figures of one data set.
class TrialStyle {
 public:
  TrialStyle(const FigureData& data, const Palette& palette);
  std::string colour(const TrialData& trial) const;
  Shape shape(const TrialData& trial) const;

 private:
  std::map<std::string, std::string> colours_;
  std::map<std::string, Shape> shapes_;
};

/// One entry for each pair of engine and cell among `trials`, sorted.
std::vector<LegendEntry> trial_legend(const std::vector<const TrialData*>& trials, const TrialStyle& style);

}  // namespace rnnbench
