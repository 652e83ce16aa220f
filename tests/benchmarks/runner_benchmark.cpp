// What the harness itself costs a run: a thousand trials of an engine that does nothing, from the start of
// the program to its report.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/experiments.hpp"
#include "tests/e2e/program.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

void a_thousand_idle_trials(benchmark::State& state) {
  const std::string workers = std::to_string(state.range(0));
  for (auto _ : state) {
    Program program(fs::temp_directory_path() / ("runner_benchmark_" + std::to_string(::getpid())));
    const fs::path engines = program.folder() / "engines";
    fs::create_directories(engines);
    for (const char* build : {"baseline", "avx2", "avx512"}) {
      fs::create_symlink(RNNBENCH_IDLE_ENGINE,
                         engines / ("rnnbench_engine_eigen_" + std::string(build) + ".so"));
    }
    program.environment["RNNBENCH_ENGINES"] = engines.string();
    program.write("small.toml", small_experiment());
    const ProgramResult result = program.run({"run", "small.toml", "--workers", workers, "--seeds", "1..500",
                                              "--set", "training.epochs=1", "--set", "data.limit.train=20",
                                              "--set", "data.limit.test=20", "--json"});
    if (result.exit_code != 0) state.SkipWithError(result.err.c_str());
  }
  state.counters["trials_per_s"] = benchmark::Counter(1000, benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(a_thousand_idle_trials)
    ->ArgName("workers")
    ->Arg(1)
    ->Arg(2)
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace rnnbench
