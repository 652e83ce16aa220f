#include <fmt/format.h>

#include <nlohmann/json.hpp>

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
  const std::string text = value.is_string() ? value.get<std::string>()
                                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  table.add({markdown_text(path), markdown_text(text)});
}

int runs_in(const FigureData& data, std::int64_t environment) {
  int runs = 0;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) runs += run.environment == environment ? 1 : 0;
  }
  return runs;
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
    MarkdownTable table({"fact", "value"}, 2);
    add_rows(table, Json::parse(environment.content, nullptr, /*allow_exceptions=*/false), "");
    text += '\n';
    text += table.text();
  }
  return data.environments.empty() ? text + "\nNo run has recorded one.\n" : text;
}

std::string how_to_repeat(const FigureData& data) {
  std::string text = "## How to repeat it\n\n";
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
