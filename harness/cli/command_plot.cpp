#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "plots/figures.hpp"
#include "results/query/database.hpp"

namespace rnnbench {
namespace {

struct PlotOptions {
  DatabaseOption db;
  FigureOptions figure;
  std::string experiment;
  std::string folder;
  bool list = false;
};

std::string names_of_figures() {
  std::string text = "Figures:\n";
  for (const Figure& figure : figures())
    text += fmt::format("  {:<22} {}\n", figure.name, figure.description);
  return text;
}

void plot(PlotOptions options) {
  if (options.list) {
    fmt::print("{}", names_of_figures());
    return;
  }
  if (!options.experiment.empty()) options.figure.experiment = options.experiment;
  options.figure.folder = options.folder.empty()
                              ? options.db.path.parent_path() / (options.db.path.stem().string() + ".plots")
                              : std::filesystem::path(options.folder);
  Database database(options.db.path);
  const RenderedFigures rendered = render_figures(database, options.figure);
  for (const auto& file : rendered.files) fmt::print("{}\n", file.string());
  for (const std::string& sentence : rendered.lacking) fmt::print(stderr, "{}\n", sentence);
}

}  // namespace

void add_plot_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<PlotOptions>();
  CLI::App* command = app.add_subcommand("plot", "Draw figures from the database as PNG and SVG");
  command->add_option("figure", options->figure.names, "Figures, see below [all]")->type_name("FIGURE");
  command->add_flag("--list", options->list, "List the figures");
  command->add_option("--experiment", options->experiment, "Only this experiment")->type_name("NAME");
  command->add_option("--output", options->folder, "Folder for the files [results.plots beside results.db]")
      ->type_name("DIR");
  command->add_flag("--data", options->figure.data, "Also write each figure's numbers as CSV");
  options->db.add_to(*command);
  command->footer(names_of_figures());
  command->callback([options] { plot(*options); });
}

}  // namespace rnnbench
