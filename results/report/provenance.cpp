#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>

#include "results/query/plain_text.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

void add_rows(MarkdownTable& table, const Json& value, const std::string& path) {
  if (value.is_structured() && !value.empty()) {
    for (const auto& [key, child] : value.items()) {
      add_rows(table, child, path.empty() ? key : path + "." + key);
    }
    return;
  }
  if (path == "build.diff" && value.is_string()) {
    const auto& diff = value.get_ref<const std::string&>();
    table.add({markdown_text(path),
               fmt::format("{} lines, in the database", std::count(diff.begin(), diff.end(), '\n'))});
    return;
  }
  const std::string text = value.is_string() ? value.get<std::string>()
                                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  table.add({markdown_text(path), text.empty() ? "not known" : markdown_text(text)});
}

int runs_in(const FigureData& data, std::int64_t environment) {
  int runs = 0;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) runs += run.environment == environment ? 1 : 0;
  }
  return runs;
}

std::string table_of(const std::string& json) {
  MarkdownTable table({"fact", "value"}, 2);
  add_rows(table, Json::parse(json, nullptr, /*allow_exceptions=*/false), "");
  return table.text();
}

/// What engines said of themselves, by engine and device, each once, with the cells that they said it of.
std::map<std::tuple<std::string, std::string, std::string>, std::set<std::string>> engines_of(
    const FigureData& data) {
  std::map<std::tuple<std::string, std::string, std::string>, std::set<std::string>> engines;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) {
      const bool started = !run.engine.empty() && run.engine != "{}";
      if (started) engines[{trial.engine, trial.device, run.engine}].insert(trial.cell);
    }
  }
  return engines;
}

}  // namespace

std::string environments(const FigureData& data) {
  std::string text = "## Environment\n";
  for (std::size_t i = 0; i < data.environments.size(); ++i) {
    const EnvironmentData& environment = data.environments[i];
    if (data.environments.size() > 1) {
      text += fmt::format("\nEnvironment {} of {}, {} runs:\n", i + 1, data.environments.size(),
                          runs_in(data, environment.id));
    }
    text += '\n';
    text += table_of(environment.content);
  }
  if (data.environments.empty()) text += "\nNo run has recorded one.\n";
  for (const auto& [key, cells] : engines_of(data)) {
    const auto& [engine, device, details] = key;
    text += fmt::format("\nEngine {} on {}, {}:\n\n", markdown_text(engine), markdown_text(device),
                        markdown_text(fmt::format("{}", fmt::join(cells, ", "))));
    text += table_of(details);
  }
  return text;
}

std::string how_to_repeat(const FigureData& data) {
  std::string text = "## How to repeat it\n\n";
  if (!data.benches.empty()) {
    std::set<std::string> commands;
    for (const BenchData& bench : data.benches) commands.insert(visible_text(bench.command) + "\n");
    return text + markdown_code(fmt::format("{}", fmt::join(commands, "")), "sh");
  }
  if (is_imported(data)) {
    text += "Run the program that wrote the file again, and record what it writes:\n\n";
    return text + markdown_code("./rnnbench import FILE.json\n", "sh");
  }
  text +=
      "The experiment's file as it was run is beside this page. From the program's source folder, at the ";
  text += "revision above:\n\n";
  text += markdown_code("./rnnbench run PATH/TO/experiment.toml\n", "sh");
  for (const ExperimentData& experiment : data.experiments) {
    text += '\n';
    text += markdown_code(experiment.config, "toml");
  }
  return text;
}

}  // namespace rnnbench
