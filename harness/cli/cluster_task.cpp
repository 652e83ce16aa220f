#include "harness/cli/cluster_task.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <string_view>
#include <utility>
#include <vector>

#include "harness/cli/matrix_builder.hpp"
#include "harness/config/experiment_file.hpp"
#include "harness/config/recipe_library.hpp"
#include "harness/core/error.hpp"
#include "harness/executor/slurm_script.hpp"
#include "harness/runner/shard.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// What makes the matrix and who is told of it.
std::vector<std::string> matrix_words(const MatrixOptions& options) {
  std::vector<std::string> words;
  const auto add = [&](const char* option, const std::string& value) {
    words.emplace_back(option);
    words.push_back(value);
  };
  for (const std::string& each : options.overrides) add("--set", each);
  if (options.seeds) add("--seeds", *options.seeds);
  for (const std::string& each : options.tags) add("--tag", each);
  if (options.note) add("--note", *options.note);
  if (options.data.path) add("--data", fs::absolute(*options.data.path).string());
  if (options.vectors.path) add("--vectors", fs::absolute(*options.vectors.path).string());
  return words;
}

/// How the runs are done.
std::vector<std::string> running_words(const RunningOptions& options) {
  std::vector<std::string> words;
  if (options.workers != 1) words.insert(words.end(), {"--workers", std::to_string(options.workers)});
  if (options.retries > 0) words.insert(words.end(), {"--retries", std::to_string(options.retries)});
  if (!options.pinned) words.emplace_back("--no-pinning");
  if (!options.time_limit.empty()) words.insert(words.end(), {"--time-limit", options.time_limit});
  if (!options.memory_limit.empty()) words.insert(words.end(), {"--memory-limit", options.memory_limit});
  return words;
}

/// The project's own variables, for clusters that hand on no environment; not the secret one.
std::vector<std::pair<std::string, std::string>> own_variables() {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view entry = *each;
    const std::size_t equals = entry.find('=');
    if (!entry.starts_with("RNNBENCH_") || equals == std::string_view::npos) continue;
    if (entry.substr(0, equals) == "RNNBENCH_TOKEN") continue;
    variables.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return variables;
}

}  // namespace

SlurmSettings slurm_settings_of(const MatrixOptions& options, const fs::path& config) {
  const ExperimentFile file = read_experiment(config, options.overrides, recipes_folder());
  return read_slurm_settings(file.slurm, slurm_profile());
}

int tasks_of(std::size_t runs, const SlurmSettings& settings) {
  constexpr std::size_t kMost = kMostShards;
  const auto chunk = static_cast<std::size_t>(settings.chunk);
  const std::size_t tasks = (runs + chunk - 1) / chunk;
  if (tasks <= kMost) return static_cast<int>(tasks);
  throw ConfigError(
      fmt::format("{} runs in tasks of {} are {} tasks, and {} is the most: give [slurm] a chunk "
                  "of {} or more",
                  runs, chunk, tasks, kMost, (runs + kMost - 1) / kMost));
}

std::string task_script(const RunningOptions& options, const fs::path& config, const std::string& experiment,
                        const fs::path& folder, int tasks, const SlurmSettings& settings) {
  SlurmTask task{experiment, folder, fs::current_path(), {}, own_variables(), tasks};
  task.command = {fs::read_symlink("/proc/self/exe").string(), "run", fs::absolute(config).string()};
  for (auto& words : {matrix_words(options.matrix), running_words(options)})
    task.command.insert(task.command.end(), words.begin(), words.end());
  task.command.insert(task.command.end(),
                      {"--runs", (folder / "runs.txt").string(), "--sole-writer", "--no-report"});
  return slurm_script(task, settings);
}

}  // namespace rnnbench
