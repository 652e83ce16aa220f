#include "plots/captions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "plots/gnuplot_text.hpp"
#include "results/query/machine_names.hpp"

namespace rnnbench {
namespace {

std::string experiments_text(const FigureData& data) {
  if (data.experiments.size() > 3) return fmt::format("{} experiments", data.experiments.size());
  std::string text;
  for (const ExperimentData& experiment : data.experiments) {
    text += (text.empty() ? "" : ", ") + experiment.name;
  }
  return text;
}

/// What the parity records say of the engines that run the same model spec.
struct SideBySide {
  std::set<std::string> engines;
  std::set<std::string> shown, not_shown;  // model specs, canonical JSON
  double worst_gradient_error = 0;
  std::string oldest;
};

SideBySide engines_side_by_side(const FigureData& data, const std::vector<const TrialData*>& trials) {
  std::map<std::string, std::vector<const TrialData*>> by_model;
  SideBySide pairs;
  for (const TrialData* trial : trials) {
    pairs.engines.insert(trial->engine);
    by_model[model_text(*trial)].push_back(trial);
  }
  for (const auto& [model, alike] : by_model) {
    for (std::size_t i = 0; i < alike.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (alike[i]->engine == alike[j]->engine) continue;
        const ParityData* check = find_parity(data.parity, model, *alike[i], *alike[j]);
        if (check == nullptr || !check->shown) {
          pairs.not_shown.insert(model);
          continue;
        }
        pairs.shown.insert(model);
        pairs.worst_gradient_error = std::max(pairs.worst_gradient_error, check->gradient_error);
        if (pairs.oldest.empty() || check->checked < pairs.oldest) pairs.oldest = check->checked;
      }
    }
  }
  for (const std::string& model : pairs.not_shown) pairs.shown.erase(model);
  return pairs;
}

}  // namespace

std::string trial_count(std::size_t trials) {
  return fmt::format("{} {}", trials, trials == 1 ? "trial" : "trials");
}

std::string run_counts(const std::vector<TrialData>& trials) {
  std::string text;
  for (const char* status : {"finished", "failed", "interrupted", "skipped", "running"}) {
    const int count = count_runs(trials, status);
    if (count == 0 && status != std::string_view("finished")) continue;
    text += text.empty() ? fmt::format("{} {} {}", count, count == 1 ? "run" : "runs", status)
                         : fmt::format(", {} {}", count, status);
  }
  return text;
}

std::string source_revisions(const FigureData& data) {
  using Json = nlohmann::json;
  std::set<std::string> revisions;
  for (const EnvironmentData& environment : data.environments) {
    const Json content = Json::parse(environment.content, nullptr, /*allow_exceptions=*/false);
    if (!content.is_object()) continue;
    const Json build = content.value("build", Json::object());
    if (!build.is_object() || !build.contains("revision") || !build["revision"].is_string()) continue;
    const bool dirty = build.contains("dirty") && build["dirty"] == true;
    revisions.insert(build["revision"].get<std::string>().substr(0, 12) +
                     (dirty ? " (with local changes)" : ""));
  }
  return fmt::format("{}", fmt::join(revisions, ", "));
}

std::string parity_note(const FigureData& data, const std::vector<const TrialData*>& trials) {
  const SideBySide pairs = engines_side_by_side(data, trials);
  if (pairs.engines.size() < 2) return "";
  const char* warning = "don't read speeds of different engines as a comparison";
  if (pairs.shown.empty()) return fmt::format("Parity not shown: {}.", warning);
  const std::string evidence =
      fmt::format("worst gradient error {:.1e}, {}", pairs.worst_gradient_error, day_of(pairs.oldest));
  if (pairs.not_shown.empty()) return fmt::format("Parity shown ({}).", evidence);
  return fmt::format("Parity shown for {} of {} model specs ({}); of the others {}.", pairs.shown.size(),
                     pairs.shown.size() + pairs.not_shown.size(), evidence, warning);
}

Plot captioned(const FigureData& data, const TrialLabels& labels, const std::string& name,
               const std::string& title, const Theme& theme) {
  Plot plot;
  plot.name = name;
  plot.theme = theme;
  plot.width = theme.sheet.width;
  plot.title = shortened(fmt::format("{}: {}", title, experiments_text(data)), 90);
  std::string subtitle = "Data set: " + data_sets_text(data.trials);
  const std::string common = label_text(labels.common, {"data set"});
  if (!common.empty()) subtitle += ". In all trials shown: " + common;
  plot.subtitles.push_back(std::move(subtitle));
  plot.footer = fmt::format("{}; n = {}, {}", data_sets_text(data.trials), trial_count(data.trials.size()),
                            run_counts(data.trials));
  const std::string revisions = source_revisions(data);
  if (!revisions.empty()) plot.footer += "; source revision " + revisions;
  return plot;
}

namespace {

/// Whether engines that were compared are one, or were shown to compute the same function.
bool parity_is_shown(const BenchData& bench) {
  std::set<std::string> engines;
  for (const BenchSideData& side : bench.sides) engines.insert(side.engine);
  std::set<std::string> shown = {bench.sides.empty() ? "" : bench.sides.front().engine};
  for (const ParityData& parity : bench.parity) {
    if (!parity.shown || (!shown.contains(parity.reference) && !shown.contains(parity.candidate))) continue;
    shown.insert(parity.reference);
    shown.insert(parity.candidate);
  }
  return std::ranges::includes(shown, engines);
}

}  // namespace

Plot bench_plot(const FigureData& data, const std::string& name, const std::string& title,
                const Theme& theme) {
  std::set<std::string> tokens, machines, without_parity;
  std::size_t rounds = 0;
  for (const BenchData& bench : data.benches) {
    tokens.insert(bench.tokens);
    if (!parity_is_shown(bench)) without_parity.insert(bench.subject);
    for (const BenchSideData& side : bench.sides) {
      if (const std::string name = machine_name({0, side.environment}); !name.empty()) machines.insert(name);
    }
    for (const BenchSideData& side : bench.sides) {
      const auto found = side.rounds.find("step");
      if (found != side.rounds.end()) rounds = std::max(rounds, found->second.size());
    }
  }
  Plot plot;
  plot.name = name;
  plot.theme = theme;
  plot.width = theme.sheet.width;
  plot.title = title;
  plot.subtitles.push_back(fmt::format("Sides of each comparison took their steps in turns; tokens: {}{}{}.",
                                       fmt::join(tokens, ", "), machines.empty() ? "" : "; ",
                                       fmt::join(machines, ", ")));
  if (!without_parity.empty()) {
    plot.subtitles.push_back(
        fmt::format("Parity of different engines not shown for {}: don't read their speeds as a comparison.",
                    fmt::join(without_parity, ", ")));
  }
  plot.footer = fmt::format("tokens of {}; n = {} comparisons of up to {} rounds", fmt::join(tokens, ", "),
                            data.benches.size(), rounds);
  const std::string revisions = source_revisions(data);
  if (!revisions.empty()) plot.footer += "; source revision " + revisions;
  return plot;
}

void add_missing(Plot& plot, const FigureData& data, std::size_t shown, const std::string& why) {
  const std::size_t missing = data.trials.size() - shown;
  if (missing > 0) {
    plot.footer += fmt::format("; {} not shown ({})", trial_count(missing), why);
  }
}

}  // namespace rnnbench
