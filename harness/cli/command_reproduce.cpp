#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>

#include "harness/cli/claim_data.hpp"
#include "harness/cli/claim_files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/matrix_runs.hpp"
#include "harness/cli/parity_engines.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/cli/vectors_training.hpp"
#include "harness/core/error.hpp"
#include "impls/registry/registry.hpp"
#include "results/query/database.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/table_format.hpp"
#include "results/report/reproduction.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReproduceFooter =
    "Runs what is missing of each claim (experiments/claims), with and without what its figure owes to data "
    "it saw,\n"
    "and judges it by a rule that is fixed before the runs (docs/claims.md). The exit code is 0 whatever the "
    "verdicts,\n"
    "1 where a run failed.\n\n"
    "  rnnbench reproduce\n"
    "  rnnbench reproduce keras-lstm60 pytorch-rnn-meanpool --seeds 1..3\n"
    "  rnnbench reproduce --engines fused,libtorch --for 2h\n"
    "  rnnbench reproduce --report --db FILE";

struct ReproduceOptions {
  RunningOptions running;
  std::vector<std::string> claims;
  std::vector<std::string> engines = {"fused"};
  fs::path folder = claims_folder();
  int threads = 1;
  bool explains = false;
  bool compares = false;
  bool reports_only = false;
  std::string format = "table";
};

/// On `engine` with --threads, or "": on what the file names.
Matrix matrix_of(const fs::path& file, const std::string& engine, const ReproduceOptions& options,
                 const std::string& vectors, const std::stop_token& stop) {
  MatrixOptions matrix = options.running.matrix;
  if (!engine.empty()) {
    const ParityEngine chosen = read_engine(engine);
    matrix.overrides = {"engine=" + chosen.name, fmt::format("training.threads={}", options.threads)};
    if (chosen.device != Device::kCpu)
      matrix.overrides.push_back(fmt::format("device={}", name_of(chosen.device)));
  }
  if (!vectors.empty()) matrix.overrides.push_back("model.embedding.vectors=" + vectors);
  return build_matrix(file, matrix, stop);
}

/// Why nothing of the matrix can be run here, or "".
std::string obstacle_to(const Matrix& matrix, const VectorsOption& vectors) {
  std::string why;
  for (const PlannedTrial& trial : matrix.trials) {
    why = obstacle_of(trial.spec, vectors);
    if (why.empty()) return "";
  }
  return why;
}

/// The vectors that an experiment beside a claim takes, trained where they aren't there: the name that it
/// calls them by;
/// "" where it takes none of the name "skip-gram", or its engine can't run it.
std::string trained_vectors(const Matrix& matrix, const fs::path& file, const ReproduceOptions& options,
                            const std::stop_token& stop) {
  const TrialSpec& trial = matrix.trials.front().spec;
  if (trial.model.embedding.vectors != "skip-gram" || options.running.matrix.vectors.path) return "";
  if (!engine_obstacle(trial.engine, trial.model, trial.training, trial.device).empty()) return "";
  return train_experiment_vectors(file, options.running.matrix, 0, SkipGramSettings(), std::nullopt, stop)
      .vectors.name;
}

/// Whether `reproduce` was asked for what stands beside a claim.
bool is_wanted(BesideClaim::Kind kind, bool is_first_engine, bool needs_substitute,
               const ReproduceOptions& options) {
  switch (kind) {
    case BesideClaim::Kind::kClean:
      return true;
    case BesideClaim::Kind::kSubstitute:
      return needs_substitute;
    case BesideClaim::Kind::kExplained:
    case BesideClaim::Kind::kBegun:
      return options.explains && is_first_engine;
    case BesideClaim::Kind::kBaseline:
      return is_first_engine;
    case BesideClaim::Kind::kFooting:
      return options.compares && is_first_engine;
  }
  return false;
}

/// What a claim takes on one engine: itself, and what stands beside it.
struct ClaimMatrices {
  std::vector<Matrix> matrices;
  std::string why_not;  ///< why nothing of it can be run; "": it can
};

ClaimMatrices matrices_on(const std::string& engine, const ClaimFile& file, const ReproduceOptions& options,
                          const std::stop_token& stop) {
  const VectorsOption& vectors = options.running.matrix.vectors;
  ClaimMatrices found;
  found.matrices.push_back(
      matrix_of(file.path, engine, options, "", stop));  // recorded as skipped where it can't be run
  found.why_not = obstacle_to(found.matrices.front(), vectors);
  const bool needs_substitute = !found.why_not.empty();
  for (const ClaimFile::Beside& beside : file.besides) {
    const auto kind = beside.beside.kind;
    if (!is_wanted(kind, engine == options.engines.front(), needs_substitute, options)) continue;
    const bool is_substitute = kind == BesideClaim::Kind::kSubstitute;
    const bool names_engine = kind == BesideClaim::Kind::kBaseline || kind == BesideClaim::Kind::kBegun;
    const std::string on = names_engine ? "" : engine;
    Matrix matrix = matrix_of(beside.path, on, options, "", stop);
    const std::string name = trained_vectors(matrix, beside.path, options, stop);
    if (!name.empty()) matrix = matrix_of(beside.path, on, options, name, stop);
    const std::string why_not = obstacle_to(matrix, vectors);
    if (!why_not.empty()) {
      fmt::print(stderr, "warning: {} is left out: {}\n", visible_text(matrix.experiment.name),
                 visible_text(why_not));
      continue;
    }
    if (is_substitute) found.why_not.clear();
    found.matrices.push_back(std::move(matrix));
  }
  return found;
}

/// The matrices that a claim takes, on top of `matrices`. Throws ConfigError where it was asked for and no
/// engine can run it.
void add_matrices(std::vector<Matrix>& matrices, const ClaimFile& file, const ReproduceOptions& options,
                  const std::stop_token& stop) {
  std::string why_not;
  bool can_run = false;
  for (const std::string& engine : options.engines) {
    ClaimMatrices found = matrices_on(engine, file, options, stop);
    if (!found.why_not.empty()) {
      why_not = fmt::format("{}: {}", engine, found.why_not);
      continue;
    }
    can_run = true;
    std::ranges::move(found.matrices, std::back_inserter(matrices));
  }
  if (can_run) return;
  if (!options.claims.empty()) {
    throw ConfigError(fmt::format("no engine given can run the claim {}: {}", file.claim.id, why_not));
  }
  fmt::print(stderr, "warning: {} is left out: {}\n", file.claim.id, visible_text(why_not));
}

void report(const ReproduceOptions& options, const std::vector<std::string>& ids) {
  Database database(options.running.db.path);
  const std::vector<ClaimData> claims = load_claims(database, ids);
  if (claims.empty()) {
    throw ConfigError(
        fmt::format("{} holds no claim's runs; run: rnnbench reproduce", options.running.db.path.string()));
  }
  const fs::path db = options.running.db.path;
  const fs::path folder = db.parent_path() / (db.stem().string() + ".report") / "reproduce";
  const std::vector<fs::path> files = write_reproduction(claims, folder);
  if (options.format == "json") {
    fmt::print("{}", reproduction_json(claims));
    return;
  }
  fmt::print("{}", format_table(verdict_table(claims), table_format(options.format)));
  if (options.format != "table") return;
  for (const ClaimData& claim : claims) {
    for (const std::string& deviation : claim.differs) {
      fmt::print("deviation of {}: {}\n", claim.claim.id, visible_text(deviation));
    }
  }
  for (const fs::path& file : files) fmt::print("report    {}\n", visible_text(file.string()));
}

ExitCode reproduce(ReproduceOptions options, const std::stop_token& stop) {
  static_cast<void>(table_format(options.format));
  options.running.check();
  const std::vector<ClaimFile> files = chosen_claims(read_claims(options.folder), options.claims);
  std::vector<std::string> ids;
  for (const ClaimFile& file : files) ids.push_back(file.claim.id);
  if (options.reports_only) {
    report(options, options.claims.empty() ? std::vector<std::string>() : ids);
    return ExitCode::kDone;
  }
  std::vector<Matrix> matrices;
  for (const ClaimFile& file : files) add_matrices(matrices, file, options, stop);
  int failed = 0;
  run_matrices(options.running, matrices, stop, [&](const Matrix& matrix, const MatrixOutcome& outcome) {
    failed += outcome.failed;
    fmt::print(stderr, "{} on {}: {}\n", matrix.experiment.name, matrix.trials.front().spec.engine,
               in_words(outcome));
    say_skipped(matrix, outcome);
  });
  report(options, ids);
  return failed > 0 ? ExitCode::kSomeRunsFailed : ExitCode::kDone;
}

}  // namespace

void add_reproduce_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ReproduceOptions>();
  options->running.workers = static_cast<int>(allowed_processors().size());
  CLI::App* command = app.add_subcommand(
      "reproduce", "Run published results again and say which of them hold, with evidence");
  command->add_option("claim", options->claims, "Claims by name, number or file [all]")->type_name("CLAIM");
  command
      ->add_option("--engines", options->engines,
                   "Engines that run them, e.g. fused,libtorch or libtorch:cuda")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a claim
      ->capture_default_str()
      ->type_name("LIST");
  command
      ->add_option("--seeds", options->running.matrix.seeds,
                   "Seeds to run instead of the files', e.g. 1..5; all that the database has are judged")
      ->type_name("LIST");
  command
      ->add_option("--threads", options->threads,
                   "Of each run: with one, as many run at a time as there are cores")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str()
      ->type_name("N");
  command->add_flag(
      "--explain", options->explains,
      "Also the experiments that ask which setting decides a figure, and first epochs on other engines");
  command->add_flag("--footing", options->compares,
                    "Also all systems on one split, vocabulary and length, to rank them");
  command->add_flag("--report", options->reports_only, "Run nothing: judge what the database holds");
  command->add_option("--claims", options->folder, "Folder of the claims' files")
      ->capture_default_str()
      ->type_name("FOLDER");
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->running.add_to(*command);
  options->running.matrix.data.add_to(*command);
  options->running.matrix.vectors.add_to(*command);
  command->footer(kReproduceFooter);
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(reproduce(*options, session.stop)); });
}

}  // namespace rnnbench
