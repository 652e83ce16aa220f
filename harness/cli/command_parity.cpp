#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/parity_subjects.hpp"
#include "harness/cli/parity_table.hpp"
#include "harness/cli/progress_printer.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/parity/check_parity.hpp"
#include "impls/registry/registry.hpp"
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
  DatabaseOption db;
  DataOption data;
};

/// "eigen" or "libtorch:cuda".
ParityEngine read_engine(const std::string& text) {
  const std::size_t colon = text.find(':');
  ParityEngine engine{text.substr(0, colon)};
  const std::string device = colon == std::string::npos ? "cpu" : text.substr(colon + 1);
  if (device != "cpu" && device != "cuda") {
    throw ConfigError(
        fmt::format("--engines: '{}' is no device; use cpu or cuda, as in libtorch:cuda", device));
  }
  engine.device = device == "cuda" ? Device::kCuda : Device::kCpu;
  return engine;
}

std::pair<ParityEngine, ParityEngine> read_engines(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos) {
    throw ConfigError(fmt::format(
        "--engines: expected two names, the reference first, as in libtorch,eigen; found '{}'", text));
  }
  const ParityEngine reference = read_engine(text.substr(0, comma));
  const ParityEngine candidate = read_engine(text.substr(comma + 1));
  if (reference.name == candidate.name && reference.device == candidate.device) {
    throw ConfigError(fmt::format("--engines: {} against itself shows nothing; give two engines", text));
  }
  return {reference, candidate};
}

void require_support(const ParityEngine& engine, const ParitySubject& subject) {
  ModelSpec model = subject.trial.model;
  model.embedding.vectors.clear();
  const std::string obstacle = engine_obstacle(engine.name, model, subject.trial.training, engine.device);
  if (obstacle.empty()) return;
  throw ConfigError(fmt::format("{}: {} can't run this model spec: {}; compare other engines with --engines",
                                subject.label, engine.name, obstacle));
}

/// Reviews a batch where none were asked for: fewer where one of them costs much, so that a check takes about
/// a minute. Odd, see ParityRequest::batch.
int reviews_of(const ParitySubject& subject) {
  constexpr std::int64_t kManyProducts = 100'000'000;
  const ModelSpec& model = subject.trial.model;
  const std::int64_t products_a_word = parameter_count(model, /*vocabulary=*/0);
  return products_a_word * subject.trial.recipe.length > kManyProducts ? 9 : ParityRequest{}.batch;
}

/// Shows on a terminal what is done now, and wipes it.
class DoingLine {
 public:
  void show(const std::string& text) const {
    if (terminal_) fmt::print(stderr, "\r{:<78.78}", text);
  }
  void wipe() const {
    if (terminal_) fmt::print(stderr, "\r{:78}\r", "");
  }

 private:
  bool terminal_ = stderr_is_terminal();
};

ParityRecord check(const ParitySubject& subject, const ParityRequest& request, const RunServices& services) {
  const DoingLine line;
  const EncodedData data = services.load_data(subject.trial);
  ParityRecord record = check_parity(request, data,
                                     {.make_engine = services.make_engine,
                                      .progress = [&](const std::string& doing) { line.show("  " + doing); },
                                      .stop = services.stop});
  line.wipe();
  record.data_set = subject.trial.data.set;
  record.recipe = subject.trial.recipe.name;
  record.environment = services.environment.dump();
  return record;
}

void print_settings(const ParitySubject& subject, const ParityRecord& record, const ParityRequest& request) {
  fmt::print(
      "{}\n  {} on {} against {} on {}; data set {}, recipe {}, vocabulary {}, length {}; {} reviews a "
      "batch\n",
      subject.label, record.candidate.name, record.candidate.device, record.reference.name,
      record.reference.device, record.data_set, record.recipe, record.vocabulary, record.length,
      request.batch);
  if (const std::string& vectors = subject.trial.model.embedding.vectors; !vectors.empty()) {
    fmt::print("  The embedding starts from ordinary initial values, not from the vectors {}.\n", vectors);
  }
}

ExitCode parity(const ParityOptions& options, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  const auto [reference, candidate] = read_engines(options.engines);
  std::vector<ParitySubject> subjects;
  for (const auto& file : options.files) {
    for (ParitySubject& subject : parity_subjects(file, options.overrides)) {
      require_support(reference, subject);
      require_support(candidate, subject);
      subjects.push_back(std::move(subject));
    }
  }
  Store store(options.db.path);
  const RunServices services = real_services(options.db.path, options.data, stop);

  std::size_t shown = 0;
  for (const ParitySubject& subject : subjects) {
    const ParityRequest request{.model = subject.trial.model,
                                .training = subject.trial.training,
                                .reference = reference,
                                .candidate = candidate,
                                .precision = options.in_double ? Precision::kDouble : Precision::kSingle,
                                .batch = options.batch > 0 ? options.batch : reviews_of(subject),
                                .stride = options.stride};
    fmt::print(stderr, "checking {}\n", subject.label);
    const auto start = Clock::now();
    const ParityRecord record = check(subject, request, services);
    const std::int64_t id = store.add_parity(record);
    shown += passed(record) ? 1 : 0;
    print_settings(subject, record, request);
    fmt::print("{}{} in {}; record {}\n\n", parity_table(record),
               passed(record) ? "Parity shown" : "Parity NOT shown",
               human_duration(std::chrono::duration<double>(Clock::now() - start).count()), id);
    std::fflush(stdout);
  }
  fmt::print("Parity of {} and {} is shown for {} of {} model specs; recorded in {}\n", reference.name,
             candidate.name, shown, subjects.size(), options.db.path.string());
  return shown == subjects.size() ? ExitCode::kDone : ExitCode::kSomeRunsFailed;
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
  command
      ->add_option("--set", options->overrides,
                   "Change a setting, e.g. --set recipe.length=50; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  options->db.add_to(*command);
  options->data.add_to(*command);
  command->footer(
      "Exit code 0: all within the bounds. Bounds: loss 1e-5 relative, probabilities 1e-5, gradients 1e-4 of "
      "the\n"
      "largest entry of each tensor, whole steps (in double precision) 1e-6 of the largest update of each "
      "tensor.");
  command->callback(
      [options, &session] { session.exit_code = static_cast<int>(parity(*options, session.stop)); });
}

}  // namespace rnnbench
