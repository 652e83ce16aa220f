#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/bench/benchmark_file.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/options.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

struct ImportOptions {
  std::vector<fs::path> files;
  DatabaseOption db;
};

/// The experiment that a file's benchmarks are recorded under: equal files, whatever their name, are one.
ExperimentRecord experiment_of(const BenchmarkFile& file) {
  return {kImportExperiment, "What do the benchmarks say?",
          fmt::format("# a file of Google Benchmark, SHA-256 {}\n", file.sha256)};
}

bool is_there(const fs::path& database, const ExperimentRecord& experiment) {
  Database reading(database);
  const Table found = query_table(reading,
                                  "SELECT 1 FROM runs JOIN experiments ON experiments.id = experiment_id "
                                  "WHERE name = ? AND config = ? LIMIT 1",
                                  {experiment.name, experiment.config});
  return !found.rows.empty();
}

void record(const BenchmarkFile& file, const ExperimentRecord& experiment, Store& store) {
  store.together([&] {
    std::vector<TrialRecord> trials;
    for (const ImportedBenchmark& benchmark : file.benchmarks) trials.push_back(benchmark.trial);
    store.add_trials(experiment, trials);
    for (const ImportedBenchmark& benchmark : file.benchmarks) {
      const RunId run = store.begin_run({.experiment = experiment,
                                         .trial = benchmark.trial,
                                         .environment = file.environment,
                                         .host = file.host,
                                         .when = file.when});
      if (!benchmark.epoch.metrics.empty()) store.epoch_finished(run, benchmark.epoch);
      RunEnd end = benchmark.end;
      end.when = file.when;
      store.end_run(run, end);
    }
  });
}

void import(const ImportOptions& options) {
  std::vector<BenchmarkFile> files;
  for (const fs::path& path : options.files) files.push_back(read_benchmark_file(path));
  Store store(options.db.path);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const ExperimentRecord experiment = experiment_of(files[i]);
    const std::string name = visible_text(options.files[i].string());
    if (is_there(options.db.path, experiment)) {
      fmt::print("{}: is in the database already\n", name);
      continue;
    }
    record(files[i], experiment, store);
    fmt::print("{}: {} benchmarks; `rnnbench list --experiment benchmarks` shows them\n", name,
               files[i].benchmarks.size());
  }
}

}  // namespace

void add_import_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command =
      app.add_subcommand("import", "Record what Google Benchmark suites wrote as JSON, each file once");
  command->add_option("file", options->files, "Written with --benchmark_out=FILE --benchmark_out_format=json")
      ->required()
      ->type_name("FILE");
  options->db.add_to(*command);
  command->callback([options] { import(*options); });
}

}  // namespace rnnbench
