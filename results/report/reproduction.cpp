#include "results/report/reproduction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/core/files.hpp"
#include "plots/gnuplot_renderer.hpp"
#include "results/query/table_format.hpp"
#include "results/report/html_page.hpp"
#include "results/report/report_figures.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr const char* kTitle = "Published results, run again";
constexpr const char* kRule =
    "**Rule**, fixed before the runs. REPRODUCED: the 95 % interval of our mean lies within the margin of "
    "the reported "
    "value, and the reported value, itself one run, lies where one more run of ours would (95 %). NOT "
    "REPRODUCED: the "
    "interval lies wholly outside the margin. Else INCONCLUSIVE. A reported value stands for all that round "
    "to it. Runs "
    "that never leave chance level are counted and not dropped; where there are any, the median takes the "
    "place of the "
    "mean, and order statistics those of Student's t. Where a run failed there is no verdict.\n";

Json interval_json(const std::optional<Interval>& interval) {
  return interval ? Json{interval->low, interval->high} : Json(nullptr);
}

Json figure_json(const JudgedFigure& row) {
  const ClaimVerdict& verdict = row.verdict;
  Json runs = Json::array();
  for (const RunData& run : row.trial->runs) {
    runs.push_back({{"run", run.id}, {"seed", run.seed}, {"status", run.status}});
  }
  return {{"metric", row.figure.metric},
          {"split", row.figure.split},
          {"epoch", row.figure.epoch == ReportedFigure::Epoch::kBest ? "best" : "last"},
          {"reported", row.figure.value},
          {"printed", row.figure.printed},
          {"rounding", row.figure.rounding},
          {"margin", row.figure.margin},
          {"engine", row.trial->engine},
          {"device", row.trial->device},
          {"trial", row.trial->key},
          {"runs", runs},
          {"values", row.values},
          {"n", verdict.n},
          {"at_chance", verdict.at_chance},
          {"failed", verdict.failed},
          {"centre", verdict.centre},
          {"centre_is", verdict.by_order ? "median" : "mean"},
          {"interval", interval_json(verdict.interval)},
          {"prediction", interval_json(verdict.prediction)},
          {"verdict", name_of(verdict.outcome)},
          {"runs_needed", verdict.runs_needed},
          {"reason", verdict.reason},
          {"train_seconds", row.train_seconds}};
}

std::string page(const std::vector<ClaimData>& claims, const std::string& figures) {
  std::string text =
      fmt::format("# {}\n\n{}\n{}\n{}", kTitle, markdown_text(verdict_table(claims)), kRule, figures);
  FigureData all;
  for (const ClaimData& claim : claims) {
    text += fmt::format("\n{}", claim_section(claim));
    all.trials.insert(all.trials.end(), claim.data.trials.begin(), claim.data.trials.end());
    for (const EnvironmentData& environment : claim.data.environments) {
      const auto same = [&](const EnvironmentData& known) { return known.id == environment.id; };
      if (std::none_of(all.environments.begin(), all.environments.end(), same)) {
        all.environments.push_back(environment);
      }
    }
  }
  for (const std::string& section : {footing_section(claims), costs_section(claims), environments(all)}) {
    if (!section.empty()) text += fmt::format("\n{}", section);
  }
  return text;
}

}  // namespace

std::string reproduction_json(const std::vector<ClaimData>& claims) {
  Json all = Json::array();
  for (const ClaimData& claim : claims) {
    Json figures = Json::array();
    for (const JudgedFigure& row : judge_figures(claim)) figures.push_back(figure_json(row));
    all.push_back({{"claim", claim.claim.id},
                   {"source", claim.claim.source},
                   {"test_reviews", claim.claim.test_reviews},
                   {"deviations", claim.differs},
                   {"figures", figures}});
  }
  return all.dump(2) + "\n";
}

std::vector<fs::path> write_reproduction(const std::vector<ClaimData>& claims, const fs::path& folder) {
  GnuplotRenderer renderer;
  const std::string markdown =
      page(claims, figures_section({{}, claims}, {"reproduction", "reported-curves"}, folder, renderer));
  write_file_atomically(folder / "report.md", markdown);
  write_file_atomically(folder / "report.html", html_page(kTitle, markdown, drawings_in(folder)));
  write_file_atomically(folder / "report.json", reproduction_json(claims));
  return {folder / "report.md", folder / "report.html", folder / "report.json"};
}

}  // namespace rnnbench
