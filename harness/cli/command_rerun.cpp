#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/progress_board.hpp"
#include "harness/cli/progress_text.hpp"
#include "harness/cli/repetition_verdict.hpp"
#include "harness/cli/run_number.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/remembered_fingerprint.hpp"
#include "harness/data/vector_files.hpp"
#include "harness/runner/run_trial.hpp"
#include "impls/registry/registry.hpp"
#include "results/exchange/bundle_import.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/repetition.hpp"
#include "results/query/run_agreement.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

struct RerunOptions {
  DatabaseOption db;
  DataOption data;
  VectorsOption vectors;
  std::vector<std::string> runs;
  int random = 0;
  std::optional<double> tolerance;
  bool commands = false;
};

/// Marks what it begins as a repetition.
class RerunStore final : public Store {
 public:
  using Store::Store;
  RunId begin_run(const RunStart& start) override {
    newest = Store::begin_run(start);
    tag_run(newest, "rerun");
    return newest;
  }
  bool resume_run(const UnfinishedRun& left, const RunStart& start) override {
    if (!Store::resume_run(left, start)) return false;
    newest = left.run;
    tag_run(newest, "rerun");
    return true;
  }
  RunId newest = 0;
};

/// Finds the vectors that the settings name by their SHA-256.
void find_vectors(TrialSpec& trial, const RepeatableRun& run, const RerunOptions& options,
                  const std::stop_token& stop) {
  EmbeddingSpec& embedding = trial.model.embedding;
  if (embedding.vectors_sha256.empty()) return;
  const Json details = Json::parse(run.engine_details, nullptr, false);
  embedding.vectors = details.value(Json::json_pointer("/word_vectors/file"), "");
  const VectorFile file = usable_word_vectors(embedding.vectors, embedding.size, options.vectors.path);
  if (!file.obstacle.empty()) throw EnvironmentError(fmt::format("run {}: {}", run.run, file.obstacle));
  if (file_fingerprint(file.path, stop) != embedding.vectors_sha256) {
    throw EnvironmentError(
        fmt::format("run {} started from word vectors of SHA-256 {}, {} is another file; name the right one "
                    "with --vectors",
                    run.run, embedding.vectors_sha256, file.path.string()));
  }
}

/// That a command's files are what they were.
void require_same_files(CommandSpec& command, RunId run) {
  const std::map<std::string, std::string> recorded = command.files;
  identify_files(command);
  for (const auto& [name, sha256] : command.files) {
    const auto before = recorded.find(name);
    if (before != recorded.end() && before->second == sha256) continue;
    throw EnvironmentError(
        fmt::format("{} is not what run {} was made with; put that back to repeat it", name, run));
  }
}

/// The trial as it was run. Throws EnvironmentError where what it was made from isn't here.
TrialSpec trial_of(const RepeatableRun& run, const RerunOptions& options, const std::stop_token& stop) {
  const Json settings = Json::parse(run.settings);
  TrialSpec trial = trial_from_canonical(settings, engine_names());
  if (trial.is_command()) require_same_files(trial.command, run.run);
  const std::string recorded = settings.value(Json::json_pointer("/data/fingerprint"), "");
  const std::string here =
      trial.data.set.empty() ? "" : data_fingerprint(find_data(trial.data.set, options.data.path), stop);
  if (here != recorded) {
    throw EnvironmentError(
        fmt::format("run {} was made from the data set {} of fingerprint {}, that found here has {}; name "
                    "the right one with --data",
                    run.run, trial.data.set, recorded, here));
  }
  find_vectors(trial, run, options, stop);
  if (sha256_hex(canonical_settings(trial, here).dump()) != run.key) {
    throw EnvironmentError(
        fmt::format("this version of rnnbench reads the settings of run {} otherwise than the one that made "
                    "it; repeat it "
                    "with the revision that `rnnbench show {}` names",
                    run.run, run.run));
  }
  if (const std::string why = obstacle_of(trial, options.vectors); !why.empty()) {
    throw EnvironmentError(fmt::format("run {} can't be repeated here: {}", run.run, why));
  }
  return trial;
}

/// A run to repeat, and how far its repetition may be from it; nothing: no bit.
struct Wanted {
  RunId run = 0;
  std::optional<double> tolerance;
  std::string file = {};  ///< that it came in
};

/// Nobody's programs are run just because they came in a file.
void require_leave(const Wanted& wanted, const TrialSpec& trial, const RerunOptions& options) {
  if (wanted.file.empty() || !trial.is_command() || options.commands) return;
  throw ConfigError(
      fmt::format("run {} of {} is that of a program: {}; look at what that does, then give --commands",
                  wanted.run, wanted.file, cut_to_width(visible_text(Json(trial.command.run).dump()), 300)));
}

/// Whether it names a file of `export --bundle`, not a run: "9" is a number, whatever files there are.
bool is_bundle(const std::string& text) {
  std::error_code unreadable;
  if (text.find_first_not_of("0123456789") == std::string::npos) return false;
  if (std::filesystem::is_regular_file(text, unreadable)) return true;
  if (text.find('/') == std::string::npos && !text.ends_with(".xz") && text.find(".tar") == std::string::npos)
    return false;
  throw EnvironmentError(fmt::format("there is no file {}; `rnnbench export --bundle` writes one", text));
}

/// Numbers of runs, and files of `export --bundle`, whose runs are brought in.
std::vector<Wanted> wanted_runs(const RerunOptions& options) {
  std::vector<Wanted> wanted;
  for (const std::string& text : options.runs) {
    if (!is_bundle(text)) {
      wanted.push_back({run_number(text), options.tolerance});
      continue;
    }
    for (const RunId run : import_bundle(text, options.db.path))
      wanted.push_back({run, options.tolerance.value_or(kRepetitionTolerance), text});
  }
  if (options.random > 0) {
    Database database(options.db.path);
    for (const RunId run : random_runs(database, options.random)) wanted.push_back({run, options.tolerance});
  }
  if (wanted.empty()) throw ConfigError("which run? Give numbers from `rnnbench list`, or --random N");
  return wanted;
}

ExitCode rerun(const RerunOptions& options, const std::stop_token& stop) {
  const std::vector<Wanted> wanted = wanted_runs(options);
  std::vector<RepeatableRun> runs;
  std::vector<TrialSpec> trials;
  {
    Database database(options.db.path);
    for (const Wanted& one : wanted) runs.push_back(run_to_repeat(database, one.run));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    trials.push_back(trial_of(runs[i], options, stop));
    require_leave(wanted[i], trials.back(), options);
  }

  const RunServices services = real_services(options.db.path, options.data, options.vectors, stop);
  RerunStore store(options.db.path);
  make_folder(services.artifact_root / services.artifact_folder);
  int different = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const RepeatableRun& run = runs[i];
    ProgressBoard board(stderr_is_terminal(), 1);
    board.lane(0).run_started({.run = static_cast<int>(i) + 1,
                               .runs = static_cast<int>(runs.size()),
                               .failed = different,
                               .trial = fmt::format("run {}", run.run),
                               .seed = run.seed},
                              trials[i].training.epochs);
    const RunStart start{run.experiment, trial_record(trials[i], run.key, run.settings), run.seed, "", "{}"};
    const auto end = run_trial(trials[i], start, /*repeat=*/true, services, store, board.lane(0));
    if (!end) throw EnvironmentError(fmt::format("run {} is being repeated by another process now", run.run));
    if (!judge_repetition(options.db.path, run.run, store.newest, *end, wanted[i].tolerance)) ++different;
  }
  const bool is_tolerant =
      std::ranges::any_of(wanted, [](const Wanted& one) { return one.tolerance.has_value(); });
  if (runs.size() > 1) {
    fmt::print("{} of {} runs {}\n", runs.size() - different, runs.size(),
               is_tolerant ? "agree" : "gave the same bits");
  }
  return different > 0 ? ExitCode::kSomeRunsFailed : ExitCode::kDone;
}

}  // namespace

void add_rerun_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<RerunOptions>();
  CLI::App* command = app.add_subcommand(
      "rerun", "Repeat finished runs and say whether they give the same bits; else what changed");
  command
      ->add_option("run", options->runs,
                   "Numbers of finished runs, see `list`, or files of `export --bundle`")
      ->type_name("RUN|FILE");
  command
      ->add_option(
          "--tolerance", options->tolerance,
          fmt::format("How far figures may be apart, of their size or of 1; without it runs of a file may by "
                      "{}, others not by a bit",
                      kRepetitionTolerance))
      ->check(CLI::Range(0.0, 1.0))
      ->type_name("X");
  command->add_flag("--commands", options->commands, "Also run the programs that runs of a file name");
  command->add_option("--random", options->random, "Also N finished CPU runs, drawn at random")
      ->check(CLI::Range(1, 100000))
      ->type_name("N");
  options->db.add_to(*command);
  options->data.add_to(*command);
  options->vectors.add_to(*command);
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(rerun(*options, session.stop)); });
}

}  // namespace rnnbench
