#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <span>

#include "harness/cli/claim_data.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "plots/figures.hpp"
#include "results/query/database.hpp"

namespace rnnbench {
namespace {

struct PlotOptions {
  DatabaseOption db;
  FigureOptions figure;
  std::string experiment;
  std::string folder;
  std::string theme = palettes().front().name;
  std::string size = sheets().front().name;
  std::vector<std::string> formats = {"png", "svg"};
  bool list = false;
  bool all = false;
};

template <typename Named>
std::string names_of(std::span<const Named> all) {
  std::vector<std::string> names;
  for (const Named& each : all) names.emplace_back(each.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

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
  check_figure_names(options.figure.names);
  if (options.all) options.figure.names.clear();
  options.figure.theme = theme_named(options.theme, options.size);
  options.figure.formats.clear();
  for (const std::string& format : options.formats)
    options.figure.formats.push_back(image_format_named(format));
  std::optional<std::string> experiment;
  if (!options.experiment.empty()) experiment = options.experiment;
  options.figure.folder = options.folder.empty()
                              ? options.db.path.parent_path() / (options.db.path.stem().string() + ".plots")
                              : std::filesystem::path(options.folder);
  Database database(options.db.path);
  FigureSource source{load_figure_data(database, experiment)};
  if (needs_claims(options.figure.names)) source.claims = load_claims(database, {});
  const RenderedFigures rendered = render_figures(source, options.figure);
  if (rendered.files.empty()) throw ConfigError(fmt::format("{}", fmt::join(rendered.lacking, "\n")));
  for (const auto& file : rendered.files) fmt::print("{}\n", file.string());
  for (const std::string& sentence : rendered.lacking) fmt::print(stderr, "{}\n", sentence);
}

}  // namespace

void add_plot_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<PlotOptions>();
  CLI::App* command = app.add_subcommand("plot", "Draw figures from the database");
  command->add_option("figure", options->figure.names, "Figures, see below [all]")->type_name("FIGURE");
  command->add_flag("--list", options->list, "List the figures");
  command->add_flag("--all", options->all, "All figures, which is the default");
  command->add_option("--experiment", options->experiment, "Only this experiment")->type_name("NAME");
  command->add_option("--output", options->folder, "Folder for the files [results.plots beside results.db]")
      ->type_name("DIR");
  command->add_flag("--data", options->figure.data, "Also write each figure's numbers as CSV");
  command->add_option("--format", options->formats, "Of png, svg, pdf")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->type_name("LIST");
  command->add_option("--size", options->size, fmt::format("What for: {}", names_of(sheets())))
      ->capture_default_str()
      ->type_name("NAME");
  command->add_option("--theme", options->theme, fmt::format("Colours: {}", names_of(palettes())))
      ->capture_default_str()
      ->type_name("NAME");
  options->db.add_to(*command);
  command->footer(names_of_figures());
  command->callback([options] { plot(*options); });
}

}  // namespace rnnbench
