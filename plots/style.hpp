#pragma once

#include <map>
#include <string>
#include <string_view>

#include "plots/plot.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// Colours that the colour-blind tell apart (Okabe and Ito 2008, "Color universal design").
inline constexpr const char* kBlue = "#0072B2";
inline constexpr const char* kVermillion = "#D55E00";
inline constexpr const char* kGreen = "#009E73";
inline constexpr const char* kGrey = "#777777";

/// "train", "validation" or "test" always in its own colour.
std::string split_colour(std::string_view split);

/// Engines by colour and cells by shape, the same in all figures of one data set.
class TrialStyle {
 public:
  explicit TrialStyle(const FigureData& data);
  std::string colour(const TrialData& trial) const;
  Shape shape(const TrialData& trial) const;

 private:
  std::map<std::string, std::string> colours_;
  std::map<std::string, Shape> shapes_;
};

/// One entry for each pair of engine and cell among `trials`, sorted.
std::vector<LegendEntry> trial_legend(const std::vector<const TrialData*>& trials, const TrialStyle& style);

}  // namespace rnnbench
