#include <SQLiteCpp/Database.h>
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/files.hpp"
#include "results/query/comparison.hpp"
#include "results/query/run_groups.hpp"
#include "results/query/run_list.hpp"
#include "results/store/connection.hpp"

namespace rnnbench {
namespace {

/// A database of $RNNBENCH_QUERY_RUNS runs [100,000] with 100 metric rows each, removed at the end.
class LargeDatabase {
 public:
  LargeDatabase() {
    const char* variable = std::getenv("RNNBENCH_QUERY_RUNS");
    const long runs = variable == nullptr ? 100'000 : std::max(10L, std::atol(variable));
    std::string sql = read_file(RNNBENCH_SOURCE_DIR "/tests/benchmarks/query_benchmark.sql");
    replace(sql, "{runs}", std::to_string(runs));
    replace(sql, "{trials}", std::to_string(runs / 5));
    Connection connection = open_for_writing(path);
    connection.database.exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN");
    connection.database.exec(sql);
    connection.database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  }
  ~LargeDatabase() {
    std::error_code ignored;
    std::filesystem::remove_all(path.parent_path(), ignored);
  }

  const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                     ("query_benchmark_" + std::to_string(::getpid())) / "results.db";

 private:
  static void replace(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
      text.replace(at, from.size(), to);
    }
  }
};

const std::filesystem::path& large() {
  static const LargeDatabase kDatabase;
  return kDatabase.path;
}

void open(benchmark::State& state) {
  large();
  for (auto _ : state) Database database(large());
}
BENCHMARK(open)->Unit(benchmark::kMillisecond);

void list_newest(benchmark::State& state) {
  Database database(large());
  for (auto _ : state) benchmark::DoNotOptimize(list_page(database, {}, {.limit = 50}));
}
BENCHMARK(list_newest)->Unit(benchmark::kMillisecond);

void list_sorted(benchmark::State& state) {
  Database database(large());
  const RunFilter filter{.where = {"test_accuracy>0.85", "model.layers.0.units=64"}};
  const RunListView view{.sort = "test_accuracy:desc", .limit = 50};
  for (auto _ : state) benchmark::DoNotOptimize(list_page(database, filter, view));
}
BENCHMARK(list_sorted)->Unit(benchmark::kMillisecond);

void group(benchmark::State& state) {
  Database database(large());
  for (auto _ : state)
    benchmark::DoNotOptimize(group_runs(database, {}, {.by = {"engine", "cell", "length"}}));
}
BENCHMARK(group)->Unit(benchmark::kMillisecond);

void compare(benchmark::State& state) {
  Database database(large());
  for (auto _ : state) {
    benchmark::DoNotOptimize(compare_subjects(database, {find_subject(database, "engine=eigen,cell=rnn"),
                                                         find_subject(database, "engine=eigen,cell=lstm")}));
  }
}
BENCHMARK(compare)->Unit(benchmark::kMillisecond);

/// The real program from its start to its end, with its largest resident memory.
void program(benchmark::State& state, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), RNNBENCH_PROGRAM);
  arguments.insert(arguments.end(), {"--db", large().string()});
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
