#include "plots/theme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace {

constexpr Palette kPalettes[] = {
    {"light",
     "#ffffff",
     "#222222",
     "#666666",
     "#e3e3e3",
     "#777777",
     {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"},
     "#eef4fa",
     "#08407a"},
    {"dark",
     "#16181c",
     "#e6e6e6",
     "#9aa0a6",
     "#34383f",
     "#a8adb3",
     {"#56B4E9", "#FF8A3D", "#2FC79A", "#E39BC4", "#F0C04A", "#8FA8FF", "#FFFFFF"},
     "#20303f",
     "#9fd0f5"},
};

constexpr Sheet kSheets[] = {
    {"page", 1000, 480, 17.6, 1.6},
    {"column", 480, 300, 8.5, 2.5},
    {"slide", 720, 240, 25.4, 2.25},
};

template <typename Named>
Named named(std::span<const Named> all, const std::string& name, const char* what) {
  std::vector<std::string> known;
  for (const Named& each : all) {
    if (name == each.name) return each;
    known.emplace_back(each.name);
  }
  throw ConfigError(fmt::format("no {} '{}'{}", what, name, suggestion(name, known)));
}

using Channels = std::array<int, 3>;

Channels channels_of(std::string_view colour) {
  Channels channels{};
  for (std::size_t i = 0; i < channels.size(); ++i)
    channels[i] = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16);
  return channels;
}

double luminance_of(const std::string& colour) {
  constexpr std::array<double, 3> kWeights = {0.2126, 0.7152, 0.0722};
  const Channels channels = channels_of(colour);
  double luminance = 0;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const double share = channels[i] / 255.0;
    luminance += kWeights[i] * (share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4));
  }
  return luminance;
}

}  // namespace

std::span<const Palette> palettes() { return kPalettes; }

std::span<const Sheet> sheets() { return kSheets; }

Theme theme_named(const std::string& palette, const std::string& sheet) {
  return {named(palettes(), palette, "theme"), named(sheets(), sheet, "size")};
}

int ticks_of(const Sheet& sheet) { return sheet.width < 600 ? 5 : 8; }

std::string split_colour(const Palette& palette, std::string_view split) {
  return palette.categories[split == "train" ? 0 : split == "validation" ? 1 : 2];
}

std::string heat_colour(const Palette& palette, double share) {
  const Channels low = channels_of(palette.low), high = channels_of(palette.high);
  std::string colour = "#";
  for (std::size_t i = 0; i < low.size(); ++i) {
    colour += fmt::format("{:02x}", static_cast<int>(std::lround(std::lerp(static_cast<double>(low[i]),
                                                                           static_cast<double>(high[i]),
                                                                           std::clamp(share, 0.0, 1.0)))));
  }
  return colour;
}

std::string text_on(const std::string& colour) {
  const double luminance = luminance_of(colour);
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#000000" : "#ffffff";
}

}  // namespace rnnbench
