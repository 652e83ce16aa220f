#include "harness/cli/bench_contenders.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "harness/cli/other_build.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/core/error.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

const fs::path kThisProgram = "/proc/self/exe";

const std::string kCommandPrefix = std::string(kCommandEngine) + ":";

/// "keras_peer tensorflow" of "examples/peers/keras_peer.py tensorflow".
std::string label_of(const CommandSpec& command) {
  std::string label = fs::path(command.run.front()).stem().string();
  for (std::size_t i = 1; i < command.run.size(); ++i) label += " " + command.run[i];
  return label;
}

Contender read_program(const std::string& text) {
  CommandSpec command;
  std::istringstream words(text.substr(kCommandPrefix.size()));
  for (std::string word; words >> word;) command.run.push_back(word);
  if (command.run.empty()) {
    throw ConfigError(fmt::format(
        "--engines: '{}' names no program; give it with its arguments, as in 'command:my_peer.py fast'",
        text));
  }
  command = read_command_spec(SettingsReader(to_json(command), "--engines", Origins{}));
  if (const std::string why = command_obstacle(command); !why.empty())
    throw ConfigError(fmt::format("--engines: {}", why));
  identify_files(command);
  return {label_of(command), {kCommandEngine}, kThisProgram, {}, command};
}

/// Two programs of one name in different folders are told apart by their paths, what is alike by numbers.
void tell_apart(std::vector<Contender>& all) {
  std::map<std::string, int> times;
  for (const Contender& each : all) ++times[each.label];
  for (Contender& each : all) {
    if (times[each.label] > 1 && !each.command.run.empty())
      each.label = fmt::format("{}", fmt::join(each.command.run, " "));
  }
  std::map<std::string, int> seen;
  for (Contender& each : all) {
    if (const int number = ++seen[each.label]; number > 1) each.label += fmt::format(" ({})", number);
  }
}

bool is_program(const std::string& name) { return name.starts_with(kCommandPrefix); }

void require_engines(const BenchCommandOptions& options) {
  const bool takes_engines_only =
      options.ablates || options.scales || options.explains || !options.against.empty();
  const auto program = std::ranges::find_if(options.engines, is_program);
  if (!takes_engines_only || program == options.engines.end()) return;
  throw ConfigError(fmt::format(
      "--engines: '{}' is a program; --ablate, --scaling, --explain and --against take engines", *program));
}

std::vector<std::string> names_of(const BenchCommandOptions& options) {
  std::vector<std::string> names = options.engines;
  if (names.empty()) {
    names = options.ablates || options.scales ? std::vector<std::string>{"fused"}
            : options.against.empty()         ? engine_names()
                                              : std::vector<std::string>{"eigen"};
  }
  return names;
}

std::vector<ParityEngine> engines_of(const BenchCommandOptions& options) {
  std::vector<ParityEngine> engines;
  for (const std::string& name : names_of(options)) engines.push_back(read_engine(name));
  return engines;
}

std::string label_of(const ParityEngine& engine) {
  return engine.device == Device::kCpu ? engine.name
                                       : fmt::format("{}:{}", engine.name, name_of(engine.device));
}

Contender read_contender(const std::string& text) {
  if (is_program(text)) return read_program(text);
  const ParityEngine engine = read_engine(text);
  return {label_of(engine), engine, kThisProgram};
}

std::vector<Contender> ablation_of(const ParityEngine& engine) {
  std::vector<Contender> sides = {{label_of(engine), engine, kThisProgram}};
  for (const std::string& shortcut : engine_shortcuts(engine.name)) {
    sides.push_back(
        {fmt::format("{} without {}", label_of(engine), shortcut), engine, kThisProgram, {shortcut}});
  }
  if (sides.size() > 1) return sides;
  throw ConfigError(
      fmt::format("--ablate: the {} engine has no shortcuts to leave out; `--engines fused`", engine.name));
}

/// On `most` threads, then on half as many, and so on down to one.
std::vector<Contender> scaling_of(const ParityEngine& engine, int most) {
  if (most < 2)
    throw ConfigError("--scaling: there is one processor, or one thread was asked for; it takes two");
  if (engine.device != Device::kCpu)
    throw ConfigError(fmt::format("--scaling: {} runs on no threads of the processor", label_of(engine)));
  std::vector<Contender> sides;
  for (int threads = most; threads >= 1; threads /= 2) {
    sides.push_back({fmt::format("{} on {} thread{}", label_of(engine), threads, threads == 1 ? "" : "s"),
                     engine, kThisProgram});
    sides.back().threads = threads;
  }
  return sides;
}

}  // namespace

int most_threads(const BenchCommandOptions& options) {
  const int processors = static_cast<int>(allowed_processors().size());
  if (options.threads <= processors) return options.threads > 0 ? options.threads : processors;
  throw ConfigError(
      fmt::format("--scaling: --threads {} are more than the {} processors that this process has",
                  options.threads, processors));
}

std::vector<std::vector<Contender>> comparisons_of(const BenchCommandOptions& options,
                                                   const std::stop_token& stop) {
  require_engines(options);
  std::vector<std::vector<Contender>> comparisons;
  if (options.ablates) {
    for (const ParityEngine& engine : engines_of(options)) comparisons.push_back(ablation_of(engine));
    return comparisons;
  }
  if (options.scales) {
    for (const ParityEngine& engine : engines_of(options))
      comparisons.push_back(scaling_of(engine, most_threads(options)));
    return comparisons;
  }
  if (options.against.empty()) {
    std::vector<Contender>& all = comparisons.emplace_back();
    for (const std::string& name : names_of(options)) all.push_back(read_contender(name));
    tell_apart(all);
    if (all.size() < 2 && !options.explains)
      throw ConfigError(
          "one engine alone is compared with nothing; give two with --engines, or --against REV|BUILD");
    return comparisons;
  }
  const OtherBuild other = other_build(options.against, stop);
  for (const ParityEngine& engine : engines_of(options)) {
    comparisons.push_back({{label_of(engine) + "@" + other.label, engine, other.program},
                           {label_of(engine), engine, kThisProgram}});
  }
  return comparisons;
}

}  // namespace rnnbench
