#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "results/query/comparison.hpp"
#include "results/query/run_groups.hpp"
#include "results/query/run_list.hpp"
#include "tests/benchmarks/large_database.hpp"

namespace rnnbench {
namespace {

void open(benchmark::State& state) {
  large_database();
  for (auto _ : state) Database database(large_database());
}
BENCHMARK(open)->Unit(benchmark::kMillisecond);

void list_newest(benchmark::State& state) {
  Database database(large_database());
  for (auto _ : state) benchmark::DoNotOptimize(list_page(database, {}, {.limit = 50}));
}
BENCHMARK(list_newest)->Unit(benchmark::kMillisecond);

void list_sorted(benchmark::State& state) {
  Database database(large_database());
  const RunFilter filter{.where = {"test_accuracy>0.85", "model.layers.0.units=64"}};
  const RunListView view{.sort = "test_accuracy:desc", .limit = 50};
  for (auto _ : state) benchmark::DoNotOptimize(list_page(database, filter, view));
}
BENCHMARK(list_sorted)->Unit(benchmark::kMillisecond);

void group(benchmark::State& state) {
  Database database(large_database());
  for (auto _ : state)
    benchmark::DoNotOptimize(group_runs(database, {}, {.by = {"engine", "cell", "length"}}));
}
BENCHMARK(group)->Unit(benchmark::kMillisecond);

void compare(benchmark::State& state) {
  Database database(large_database());
  for (auto _ : state) {
    benchmark::DoNotOptimize(compare_subjects(database, {find_subject(database, "engine=eigen,cell=rnn"),
                                                         find_subject(database, "engine=eigen,cell=lstm")}));
  }
}
BENCHMARK(compare)->Unit(benchmark::kMillisecond);

/// The real program from its start to its end, with its largest resident memory.
void program(benchmark::State& state, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), RNNBENCH_PROGRAM);
  arguments.insert(arguments.end(), {"--db", large_database().string()});
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  long kilobytes = 0;
  for (auto _ : state) {
    const pid_t child = ::fork();
    if (child == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, 1);
      ::dup2(nowhere, 2);
      ::execv(words[0], words.data());
      ::_exit(127);
    }
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    if (status != 0) state.SkipWithError("the program failed");
    kilobytes = std::max(kilobytes, usage.ru_maxrss);
  }
  state.counters["resident_MB"] = static_cast<double>(kilobytes) / 1024;
}
BENCHMARK_CAPTURE(program, list, {"list"})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(program, group, {"list", "--group-by", "engine,cell,length"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(program, compare, {"compare", "engine=eigen,cell=rnn", "engine=eigen,cell=lstm"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(program, list_csv, {"list", "--format", "csv"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace rnnbench
