#include "plots/figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_renderer.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr Figure kFigures[] = {
    {"accuracy-by-trial", "Test accuracy by trial", "each seed a dot, mean and 95 % interval, best first"},
    {"learning-curves", "Learning curves by trial", "accuracy and loss by epoch, one panel a trial"},
    {"epoch-time", "Time per epoch", "by engine and cell, each seed a dot, on a logarithmic axis"},
    {"accuracy-against-time", "Test accuracy against training time", "each seed and the mean of each trial"},
    {"calibration", "Calibration", "how often reviews of a probability are positive, one line a trial"},
};

struct Recipe {
  std::optional<Plot> (*make)(const FigureData&);
  const char* needs;
};

constexpr Recipe kRecipes[] = {
    {accuracy_by_trial, "a finished run with a test accuracy"},
    {learning_curves, "a run with at least one finished epoch"},
    {epoch_time, "a finished run with its epochs timed"},
    {accuracy_against_time, "a finished run with a test accuracy and a training time"},
    {calibration, "a finished run with stored test predictions"},
};
static_assert(std::size(kFigures) == std::size(kRecipes));

std::string lacking_text(const Figure& figure, const char* needs, const FigureData& data) {
  std::string name = "CONFIG";
  if (data.experiments.size() == 1)
    name = fmt::format("CONFIG, with the file of '{}'", data.experiments[0].name);
  return fmt::format("{}: needs {}; there is none yet, run: rnnbench run {}", figure.name, needs, name);
}

bool is_wanted(const Figure& figure, const std::vector<std::string>& names) {
  return names.empty() || std::find(names.begin(), names.end(), figure.name) != names.end();
}

}  // namespace

RenderedFigures render_figures(Database& database, const FigureOptions& options) {
  GnuplotRenderer renderer;
  return render_figures(database, options, renderer);
}

RenderedFigures render_figures(Database& database, const FigureOptions& options, Renderer& renderer) {
  check_figure_names(options.names);
  const RenderedFigures rendered =
      render_figures(load_figure_data(database, options.experiment), options, renderer);
  if (rendered.files.empty()) throw ConfigError(fmt::format("{}", fmt::join(rendered.lacking, "\n")));
  return rendered;
}

std::span<const Figure> figures() { return kFigures; }

void check_figure_names(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Figure& figure : kFigures) known.emplace_back(figure.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw ConfigError(fmt::format("no figure '{}'{}", name, suggestion(name, known)));
    }
  }
}

RenderedFigures render_figures(const FigureData& data, const FigureOptions& options, Renderer& renderer) {
  check_figure_names(options.names);
  RenderedFigures rendered;
  for (std::size_t i = 0; i < std::size(kFigures); ++i) {
    if (!is_wanted(kFigures[i], options.names)) continue;
    const std::optional<Plot> plot = kRecipes[i].make(data);
    if (!plot) {
      rendered.lacking.push_back(lacking_text(kFigures[i], kRecipes[i].needs, data));
      continue;
    }
    const fs::path stem = options.folder / plot->name;
    for (const auto& [format, extension] :
         {std::pair{ImageFormat::kPng, ".png"}, {ImageFormat::kSvg, ".svg"}}) {
      rendered.files.push_back(stem.string() + extension);
      renderer.render(*plot, format, rendered.files.back());
    }
    if (options.data) {
      rendered.files.push_back(stem.string() + ".csv");
      write_file_atomically(rendered.files.back(), plot_csv(*plot));
    }
  }
  return rendered;
}

}  // namespace rnnbench
