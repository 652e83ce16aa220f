#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <utility>

#include "harness/bench/benchmark_file.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/merge_lines.hpp"
#include "harness/cli/mlflow_exchange.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "results/exchange/csv_import.hpp"
#include "results/exchange/jsonl_import.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// A format of whole runs: the option that asks for it says where they are.
struct ImportFormat {
  const char* option;
  const char* where;  ///< what the option takes
  const char* help;
  MergeReport (*read)(const fs::path& where, const fs::path& database, const std::stop_token& stop);
};

constexpr std::array kImportFormats = {
    ImportFormat{"--csv", "FOLDER", "Add the runs that `export --csv` wrote there", import_csv},
    ImportFormat{"--jsonl", "FILE", "Add the runs that `export --jsonl` wrote there", import_jsonl},
};

struct ImportOptions {
  std::vector<fs::path> files;
  std::array<fs::path, kImportFormats.size()> where;  ///< by format; empty: it is not asked for
  std::string mlflow;
  std::vector<std::string> experiments;  ///< of the MLflow server; empty: all
  DatabaseOption db;
};

/// The experiment that a file's benchmarks are recorded under: equal files, whatever their name, are one.
ExperimentRecord experiment_of(const BenchmarkFile& file) {
  return {kImportExperiment, "What do the benchmarks say?",
          fmt::format("# a file of {}, SHA-256 {}\n", file.tool, file.sha256)};
}

/// The same in every database that takes the file, so that a merge knows the run.
std::string uid_of(const BenchmarkFile& file, std::size_t benchmark) {
  return sha256_hex(fmt::format("{} {}", file.sha256, benchmark)).substr(0, 32);
}

/// Records the file, unless it is there already: then false. One transaction, since others may import it now.
bool record(const BenchmarkFile& file, Store& store) {
  const ExperimentRecord experiment = experiment_of(file);
  bool is_new = false;
  store.together([&] {
    is_new = !store.has_runs(experiment);
    if (!is_new) return;
    std::vector<TrialRecord> trials;
    for (const ImportedBenchmark& benchmark : file.benchmarks) trials.push_back(benchmark.trial);
    store.add_trials(experiment, trials);
    for (std::size_t i = 0; i < file.benchmarks.size(); ++i) {
      const ImportedBenchmark& benchmark = file.benchmarks[i];
      const RunId run = store.begin_run({.experiment = experiment,
                                         .trial = benchmark.trial,
                                         .environment = file.environment,
                                         .engine = benchmark.details,
                                         .host = file.host,
                                         .when = file.when,
                                         .uid = uid_of(file, i)});
      if (!benchmark.epoch.metrics.empty()) store.epoch_finished(run, benchmark.epoch);
      RunEnd end = benchmark.end;
      end.when = file.when;
      store.end_run(run, end);
    }
  });
  return is_new;
}

void import_benchmarks(const ImportOptions& options) {
  std::vector<BenchmarkFile> files;
  for (const fs::path& path : options.files) files.push_back(read_benchmark_file(path));
  Store store(options.db.path);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = visible_text(options.files[i].string());
    if (record(files[i], store)) {
      fmt::print("{}: {} benchmarks; `rnnbench list --experiment benchmarks` shows them\n", name,
                 files[i].benchmarks.size());
    } else {
      fmt::print("{}: is in the database already\n", name);
    }
  }
}

void import_runs(const ImportFormat& format, const fs::path& where, const ImportOptions& options,
                 Session& session) {
  warn_of_network(options.db.path);
  session.when_interrupted = "nothing was added";
  MergeReport report = format.read(where, options.db.path, session.stop);
  const std::size_t files = std::exchange(report.missing_files, {}).size();
  print_merge(where.string(), report, session);
  if (files > 0) {
    fmt::print(
        "  {} files of these runs (weights, vocabularies) are not in tables; `rnnbench merge` brings them\n",
        files);
  }
}

void import(const ImportOptions& options, Session& session) {
  std::string known = "FILE.json …";
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < kImportFormats.size(); ++i) {
    known += fmt::format(", {} {}", kImportFormats[i].option, kImportFormats[i].where);
    if (!options.where[i].empty()) asked.push_back(i);
  }
  known += ", --mlflow URL";
  if (asked.size() + (options.files.empty() ? 0 : 1) + (options.mlflow.empty() ? 0 : 1) != 1) {
    throw ConfigError(fmt::format("what is to be imported? Give one of {}", known));
  }
  if (!options.mlflow.empty()) {
    return import_from_mlflow(options.mlflow, options.experiments, options.db.path, session);
  }
  if (asked.empty()) return import_benchmarks(options);
  import_runs(kImportFormats[asked.front()], options.where[asked.front()], options, session);
}

}  // namespace

void add_import_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = app.add_subcommand(
      "import",
      "Add runs that `export` wrote, or record what Google Benchmark or hyperfine wrote as JSON, each once");
  command
      ->add_option("file", options->files,
                   "Written with --benchmark_out=FILE --benchmark_out_format=json, or by hyperfine with "
                   "--export-json FILE")
      ->type_name("FILE.json");
  for (std::size_t i = 0; i < kImportFormats.size(); ++i) {
    command->add_option(kImportFormats[i].option, options->where[i], kImportFormats[i].help)
        ->type_name(kImportFormats[i].where);
  }
  CLI::Option* mlflow =
      command
          ->add_option(
              "--mlflow", options->mlflow,
              "Add the runs of an MLflow server: ours as they were, others' as trials of their params")
          ->type_name("URL");
  command->add_option("--experiment", options->experiments, "Only this one of the server's; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->needs(mlflow);
  options->db.add_to(*command);
  command->callback([options, &session] { import(*options, session); });
}

}  // namespace rnnbench
