// How often `rnnbench bench` calls a difference where there is none, and where a training step was made to
// take 3 % longer: a table in Markdown. `bench_power [REPETITIONS] [SECONDS A REPETITION]`
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/core/median.hpp"
#include "tests/e2e/program.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// A program that is this build's, but for its engine: its steps take `share` longer.
fs::path slowed_program(const Program& program, const std::string& share) {
  const fs::path engines = program.folder() / ("engines-" + share);
  fs::create_directories(engines);
  std::string original;
  for (const char* build : {"avx512", "avx2", "baseline"}) {
    const std::string name = fmt::format("rnnbench_engine_eigen_{}.so", build);
    fs::create_symlink(RNNBENCH_SLOWED_ENGINE, engines / name);
  }
  // The module that the registry would choose is asked of the program itself.
  Program asked(program.folder() / ("asked-" + share));
  const auto facts = nlohmann::json::parse(asked.run({"doctor", "--json"}).out);
  for (const auto& engine : facts.at("engines")) {
    if (engine.at("engine") == "eigen") original = engine.at("path").get<std::string>();
  }
  const fs::path script = program.write(
      "rnnbench-" + share, fmt::format("#!/bin/sh\nexport RNNBENCH_ENGINES='{}' RNNBENCH_SLOWED_MODULE='{}' "
                                       "RNNBENCH_SLOWED_BY={}\nexec '{}' \"$@\"\n",
                                       engines.string(), original, share, RNNBENCH_PROGRAM));
  fs::permissions(script, fs::perms::owner_all);
  return script;
}

/// The ratio of this build's step to the other's, with its interval.
struct Called {
  double ratio, low, high;
};

Called compare(Program& program, const fs::path& other, const std::string& seconds) {
  const ProgramResult result = program.run({"bench", "m1", "--engines", "eigen", "--against", other.string(),
                                            "--for", seconds, "--threads", "1", "--format", "json"});
  if (result.exit_code != 0) {
    fmt::print(stderr, "{}", result.err);
    std::exit(1);
  }
  const auto row = nlohmann::json::parse(result.out).at(1);
  if (!row.at("step_ratio").is_number()) {
    fmt::print(stderr, "no ratio in: {}\n", row.dump());
    std::exit(1);
  }
  return {row.at("step_ratio"), row.at("step_ratio_low"), row.at("step_ratio_high")};
}

void print_row(const std::string& share, int repetitions, const std::string& seconds) {
  Program program(fs::temp_directory_path() / fmt::format("bench_power_{}_{}", share, ::getpid()));
  const fs::path other = slowed_program(program, share);
  int slower = 0, faster = 0;
  std::vector<double> ratios, widths;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    const Called called = compare(program, other, seconds);
    slower += called.high < 1 ? 1 : 0;  // the other, which is the reference
    faster += called.low > 1 ? 1 : 0;
    ratios.push_back(1 / called.ratio);
    widths.push_back(50 * (called.high - called.low) / called.ratio);
  }
  fmt::print("| {:.0f} % | {} | {} | {} | {} | {:.4f} | ±{:.2f} % |\n", 100 * std::stod(share), repetitions,
             slower, faster, repetitions - slower - faster, median_of(ratios), median_of(widths));
  std::fflush(stdout);
}

}  // namespace
}  // namespace rnnbench

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::atoi(argv[1]) : 100;
  const std::string seconds = argc > 2 ? argv[2] : "3";
  fmt::print(
      "Each repetition is `rnnbench bench m1 --engines eigen --against BUILD --for {} --threads 1`; "
      "intervals of 95 %.\n\n",
      seconds);
  fmt::print(
      "| other build's step made longer by | repetitions | called slower | called faster | no difference "
      "shown | "
      "median ratio | median half width |\n|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const char* share : {"0", "0.03"}) rnnbench::print_row(share, repetitions, seconds);
}
