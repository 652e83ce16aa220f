#include "results/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "plots/figures.hpp"
#include "plots/gnuplot_renderer.hpp"
#include "results/query/engine_pairs.hpp"
#include "results/report/html_page.hpp"
#include "results/report/markdown.hpp"
#include "results/report/report_figures.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr const char* kNoExperiment = "the database holds no experiment; run: rnnbench run CONFIG";

bool has_trained(const FigureData& data) { return data.benches.empty() && !is_imported(data); }

/// What an experiment that trained has to show; of one that only timed, its timings.
std::vector<std::string> sections_of(const FigureData& data, const std::string& figures) {
  if (!has_trained(data)) {
    return {data.benches.empty() ? imported_benchmarks(data) : benches(data), unfinished_runs(data),
            environments(data), how_to_repeat(data)};
  }
  return {what_ran(data),
          results_table(data),
          by_class(data),
          engine_comparison(data),
          figures,
          timing_table(data),
          control_drift(data),
          unfinished_runs(data),
          environments(data),
          how_to_repeat(data)};
}

std::string page(const FigureData& data, const std::string& figures) {
  const ExperimentData& experiment = data.experiments.front();
  std::string text =
      fmt::format("# {}\n\n{}\n", markdown_text(experiment.name), markdown_text(experiment.question));
  for (const std::string& section : sections_of(data, figures)) {
    if (!section.empty()) text += "\n" + section;
  }
  return text;
}

}  // namespace

fs::path write_report(Database& database, const std::optional<std::string>& experiment,
                      const fs::path& folder) {
  const std::vector<std::string> names = experiment_names(database);
  if (names.empty()) throw StoreError(kNoExperiment);
  GnuplotRenderer renderer;
  FigureData data = load_figure_data(database, experiment.value_or(names.back()));
  data.verdicts = judge_engines(database, data.trials);
  return write_report(data, folder, renderer);
}

fs::path write_report(const FigureData& data, const fs::path& folder, Renderer& renderer) {
  if (data.experiments.empty()) throw StoreError(kNoExperiment);
  const std::string figures = has_trained(data) ? figures_section({data}, {}, folder, renderer) : "";
  const std::string text = page(data, figures);
  write_file_atomically(folder / "report.html",
                        html_page(data.experiments.front().name, text, drawings_in(folder)));
  write_file_atomically(folder / "experiment.toml", data.experiments.front().config);
  write_file_atomically(folder / "report.md", text);
  return folder / "report.md";
}

}  // namespace rnnbench
