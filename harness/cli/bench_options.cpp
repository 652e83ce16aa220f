#include "harness/cli/bench_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/core/shell_word.hpp"

namespace rnnbench {
namespace {

std::string with_words(std::string command, const char* option, const std::vector<std::string>& words) {
  for (const std::string& word : words) command += fmt::format(" {} {}", option, shell_word(word));
  return command;
}

/// What decides which inputs an engine has.
std::string with_inputs(std::string command, const BenchCommandOptions& options) {
  command = with_words(std::move(command), "--set", options.overrides);
  if (options.data.path) command = with_words(std::move(command), "--data", {options.data.path->string()});
  if (options.vectors.path)
    command = with_words(std::move(command), "--vectors", {options.vectors.path->string()});
  return command;
}

}  // namespace

std::string bench_command(const BenchCommandOptions& options) {
  std::string command = "rnnbench bench";
  for (const std::string& model : options.models) command += fmt::format(" {}", shell_word(model));
  if (!options.engines.empty()) {
    command =
        with_words(std::move(command), "--engines", {fmt::format("{}", fmt::join(options.engines, ","))});
  }
  if (!options.against.empty()) command = with_words(std::move(command), "--against", {options.against});
  if (options.ablates) command += " --ablate";
  if (options.scales) command += " --scaling";
  if (options.threads > 0) command += fmt::format(" --threads {}", options.threads);
  const BenchCommandOptions usual;
  if (options.seconds != usual.seconds) command += fmt::format(" --for {}", options.seconds);
  if (options.precision != usual.precision) command += fmt::format(" --precision {}", options.precision);
  return with_inputs(std::move(command), options);
}

std::string parity_command(const std::filesystem::path& file, const BenchCommandOptions& options) {
  std::string command = "rnnbench parity " + shell_word(file.string());
  if (options.threads > 0) command += fmt::format(" --set training.threads={}", options.threads);
  return with_inputs(std::move(command), options);
}

}  // namespace rnnbench
