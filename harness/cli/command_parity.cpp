#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>

#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/parity_check.hpp"
#include "harness/cli/parity_engines.hpp"
#include "harness/cli/parity_seeds.hpp"
#include "harness/cli/parity_subjects.hpp"
#include "harness/cli/seeds_table.hpp"
#include "harness/cli/trial_vectors.hpp"
#include "harness/core/error.hpp"
#include "harness/measure/memory_limit.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

struct ParityOptions {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> overrides;
  std::string engines = "libtorch,eigen";
  bool in_double = false;
  int batch = 0;  // reviews_of() decides
  int stride = 5;
  ParitySeedsOption seeds;
  DatabaseOption db;
  DataOption data;
  VectorsOption vectors;
};

/// Reviews a batch where none were asked for: fewer where one of them costs much, so that a check takes about
/// a minute. Odd, see ParityRequest::batch.
int reviews_of(const ParitySubject& subject) {
  constexpr std::int64_t kManyProducts = 100'000'000;
  const ModelSpec& model = subject.trial.model;
  const std::int64_t products_a_word = parameter_count(model, /*vocabulary=*/0);
  return products_a_word * subject.trial.recipe.length > kManyProducts ? 9 : ParityRequest{}.batch;
}

ParityRequest request_for(const ParitySubject& subject, const ParityOptions& options) {
  const auto [reference, candidate] = read_parity_engines(options.engines);
  return {.model = subject.trial.model,
          .training = subject.trial.training,
          .reference = reference,
          .candidate = candidate,
          .precision = options.in_double ? Precision::kDouble : Precision::kSingle,
          .batch = options.batch > 0 ? options.batch : reviews_of(subject),
          .stride = options.stride};
}

/// The subjects of all files, which both engines can run.
std::vector<ParitySubject> read_subjects(const ParityOptions& options, const std::stop_token& stop) {
  const auto [reference, candidate] = read_parity_engines(options.engines);
  std::vector<ParitySubject> subjects;
  for (const auto& file : options.files) {
    for (ParitySubject& subject : parity_subjects(file, options.overrides)) {
      require_support(reference, subject);
      require_support(candidate, subject);
      require_memory(request_for(subject, options), subject, memory_limit());
      identify_vectors(subject.trial, options.vectors, stop);
      subjects.push_back(std::move(subject));
    }
  }
  return subjects;
}

void print_summary(const ParityOptions& options, std::size_t shown, std::size_t equivalent,
                   std::size_t subjects) {
  const auto [reference, candidate] = read_parity_engines(options.engines);
  if (options.seeds.given()) {
    fmt::print("Accuracies of {} and {} are equivalent within {} for {} of {} model specs\n", reference.name,
               candidate.name, points_text(options.seeds.margin()), equivalent, subjects);
  }
  fmt::print("Parity of {} and {} is shown for {} of {} model specs; recorded in {}\n", reference.name,
             candidate.name, shown, subjects, options.db.path.string());
}

ExitCode parity(const ParityOptions& options, const std::stop_token& stop) {
  const std::vector<ParitySubject> subjects = read_subjects(options, stop);
  std::vector<SeedsRequest> seeds;
  for (const ParitySubject& subject : subjects) {
    if (options.seeds.given()) seeds.push_back(options.seeds.request_for(subject));
  }
  warn_of_network(options.db.path);
  Store store(options.db.path);
  const RunServices services = real_services(options.db.path, options.data, options.vectors, stop);

  std::size_t shown = 0;
  std::size_t equivalent = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    ParityCheck check(subjects[i], request_for(subjects[i], options), services, options.vectors, store);
    // Before the checks, since it may be what fails.
    std::optional<EncodedData> subset;
    if (options.seeds.given()) subset = options.seeds.load_subset(subjects[i], services);
    shown += check.run() ? 1 : 0;
    if (subset) equivalent += check.train_seeds(seeds[i], *subset) ? 1 : 0;
  }
  print_summary(options, shown, equivalent, subjects.size());
  const bool all_equivalent = !options.seeds.given() || equivalent == subjects.size();
  return shown == subjects.size() && all_equivalent ? ExitCode::kDone : ExitCode::kSomeRunsFailed;
}

}  // namespace

void add_parity_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ParityOptions>();
  CLI::App* command = app.add_subcommand(
      "parity", "Show that two engines compute the same function, and record the evidence");
  command
      ->add_option(
          "file", options->files,
          "Experiment files (each distinct model, data and recipe is checked), or files with a table "
          "[model] and, where wanted, [training]")
      ->required()
      ->type_name("CONFIG|SPEC");
  command
      ->add_option("--engines", options->engines,
                   "Reference and candidate; a device may follow, libtorch:cuda")
      ->capture_default_str()
      ->type_name("A,B");
  command->add_flag("--double", options->in_double, "Compare everything in double precision");
  command->add_option("--batch", options->batch, "Reviews a batch [17, or 9 of large models]")
      ->check(CLI::Range(1, 100'000))
      ->type_name("N");
  command
      ->add_option("--stride", options->stride,
                   "Training steps before each of the 5 points of the training run")
      ->capture_default_str()
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  options->seeds.add_to(*command);
  command
      ->add_option("--set", options->overrides,
                   "Change a setting, e.g. --set recipe.length=50; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  options->db.add_to(*command);
  options->data.add_to(*command);
  options->vectors.add_to(*command);
  command->footer(
      "Exit code 0: all within the bounds and, with --seeds, accuracies shown equivalent; 1: not, be it\n"
      "for too few seeds. Accuracies are equivalent where the 90 % interval of the mean difference lies\n"
      "within the margin (two one-sided tests at 5 %).\n"
      "Bounds: loss 1e-5 relative, probabilities 1e-5, gradients 1e-4 of the largest entry of each tensor,\n"
      "whole steps (in double precision) 1e-6 of the largest update of each tensor. Rounding alone can "
      "break\n"
      "them in single precision where gradients nearly vanish; --double then tells.");
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(parity(*options, session.stop)); });
}

}  // namespace rnnbench
