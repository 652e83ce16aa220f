#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plots/renderer.hpp"
#include "results/query/database.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

struct Figure {
  const char* name;  ///< of the command line and of its files
  const char* title;
  const char* description;
};

/// All figures, in the order in which reports show them.
std::span<const Figure> figures();

/// Throws ConfigError for a name that is no figure.
void check_figure_names(const std::vector<std::string>& names);

struct FigureOptions {
  std::vector<std::string> names;         ///< empty: all figures
  std::optional<std::string> experiment;  ///< none: all experiments of the database
  std::filesystem::path folder;           ///< made where it is missing
  bool data = false;                      ///< also the numbers, as CSV
};

struct RenderedFigures {
  std::vector<std::filesystem::path> files;  ///< NAME.png, NAME.svg and with `data` NAME.csv
  std::vector<std::string> lacking;          ///< a sentence for each figure that has no data: what to run
};

/// Draws figures as PNG and SVG. Throws ConfigError for an unknown figure or experiment or where not one
/// of the figures has data, EnvironmentError where files can't be written or gnuplot fails.
RenderedFigures render_figures(Database& database, const FigureOptions& options, Renderer& renderer);
RenderedFigures render_figures(Database& database, const FigureOptions& options);

/// The same from data at hand.
RenderedFigures render_figures(const FigureData& data, const FigureOptions& options, Renderer& renderer);

/// The numbers of a plot as CSV: panel, series, x, y, low, high; a number that is not finite is empty.
std::string plot_csv(const Plot& plot);

}  // namespace rnnbench
