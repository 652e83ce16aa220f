#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plots/renderer.hpp"
#include "results/query/claims.hpp"
#include "results/query/database.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// What figures are drawn from.
struct FigureSource {
  FigureData data;
  std::vector<ClaimData> claims = {};  ///< only figures of claims need them
};

struct Figure {
  const char* name;  ///< of the command line and of its files
  const char* title;
  const char* description;
  const char* needs;    ///< what a database without it lacks
  const char* command;  ///< of rnnbench, that makes it
  bool of_claims;       ///< drawn from FigureSource::claims
  std::optional<Plot> (*make)(const FigureSource& source, const Theme& theme);
};

/// All figures, in the order in which reports show them.
std::span<const Figure> figures();

/// Throws ConfigError for a name that is no figure.
void check_figure_names(const std::vector<std::string>& names);

/// Whether one of the figures named, or of all where none is, is drawn from claims.
bool needs_claims(const std::vector<std::string>& names);

/// "png", "svg", "pdf". Throws ConfigError for another name.
ImageFormat image_format_named(const std::string& name);

struct FigureOptions {
  std::vector<std::string> names;  ///< empty: all figures
  std::filesystem::path folder;    ///< made where it is missing
  bool data = false;               ///< also the numbers, as CSV
  Theme theme = {};
  std::vector<ImageFormat> formats = {ImageFormat::kPng, ImageFormat::kSvg};
};

struct RenderedFigures {
  std::vector<std::filesystem::path> files;  ///< NAME.png and so on by format, with `data` NAME.csv
  std::vector<std::string> lacking;          ///< a sentence for each figure that has no data: what to run
};

/// Draws figures. Throws ConfigError for an unknown figure, EnvironmentError where files can't be written or
/// gnuplot fails.
RenderedFigures render_figures(const FigureSource& source, const FigureOptions& options, Renderer& renderer);
RenderedFigures render_figures(const FigureSource& source, const FigureOptions& options);

/// The numbers of a plot as CSV: panel, series, x, y, low, high; a number that is not finite is empty.
std::string plot_csv(const Plot& plot);

}  // namespace rnnbench
