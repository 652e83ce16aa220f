#include "harness/cli/bench_contenders.hpp"

#include <fmt/format.h>

#include "harness/cli/other_build.hpp"
#include "harness/core/error.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

const fs::path kThisProgram = "/proc/self/exe";

std::vector<ParityEngine> engines_of(const BenchCommandOptions& options) {
  std::vector<std::string> names = options.engines;
  if (names.empty()) {
    names = options.ablates           ? std::vector<std::string>{"fused"}
            : options.against.empty() ? engine_names()
                                      : std::vector<std::string>{"eigen"};
  }
  std::vector<ParityEngine> engines;
  for (const std::string& name : names) engines.push_back(read_engine(name));
  return engines;
}

}  // namespace

std::vector<std::vector<Contender>> comparisons_of(const BenchCommandOptions& options,
                                                   const std::stop_token& stop) {
  const auto label = [](const ParityEngine& engine) {
    return engine.device == Device::kCpu ? engine.name
                                         : fmt::format("{}:{}", engine.name, name_of(engine.device));
  };
  std::vector<std::vector<Contender>> comparisons;
  if (options.ablates) {
    for (const ParityEngine& engine : engines_of(options)) {
      std::vector<Contender>& sides = comparisons.emplace_back();
      sides.push_back({label(engine), engine, kThisProgram});
      for (const std::string& shortcut : engine_shortcuts(engine.name)) {
        sides.push_back(
            {fmt::format("{} without {}", label(engine), shortcut), engine, kThisProgram, {shortcut}});
      }
      if (sides.size() == 1) {
        throw ConfigError(fmt::format(
            "--ablate: the {} engine has no shortcuts to leave out; `--engines fused`", engine.name));
      }
    }
    return comparisons;
  }
  if (options.against.empty()) {
    std::vector<Contender>& all = comparisons.emplace_back();
    for (const ParityEngine& engine : engines_of(options))
      all.push_back({label(engine), engine, kThisProgram});
    if (all.size() < 2 && !options.explains)
      throw ConfigError(
          "one engine alone is compared with nothing; give two with --engines, or --against REV|BUILD");
    return comparisons;
  }
  const OtherBuild other = other_build(options.against, stop);
  for (const ParityEngine& engine : engines_of(options)) {
    comparisons.push_back(
        {{label(engine) + "@" + other.label, engine, other.program}, {label(engine), engine, kThisProgram}});
  }
  return comparisons;
}

}  // namespace rnnbench
