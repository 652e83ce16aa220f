#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "harness/bench/bench_session.hpp"
#include "harness/bench/side.hpp"
#include "harness/cli/bench_contenders.hpp"
#include "harness/cli/bench_explanation.hpp"
#include "harness/cli/bench_facts.hpp"
#include "harness/cli/bench_options.hpp"
#include "harness/cli/bench_subjects.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/doing_line.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/cli/worker_command.hpp"
#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/median.hpp"
#include "harness/core/sha256.hpp"
#include "impls/registry/registry.hpp"
#include "results/query/bench_rows.hpp"
#include "results/query/bench_text.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/table_format.hpp"
#include "results/report/sections.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

BenchSide side_of(const Contender& contender, const BenchSubject& subject) {
  TrialSpec trial = subject.trial;
  trial.engine = contender.engine.name;
  trial.device = contender.engine.device;
  trial.command = contender.command;
  if (contender.threads > 0) trial.training.threads = contender.threads;
  const std::string why =
      trial.is_command() ? "" : engine_obstacle(trial.engine, trial.model, trial.training, trial.device);
  if (!why.empty()) {
    throw ConfigError(fmt::format("{}: {} can't be timed: {}; choose others with --engines", subject.name,
                                  contender.label, why));
  }
  BenchSide side;
  side.label = contender.label;
  Json settings = canonical_settings(trial, subject.fingerprint);
  side.setup.settings = settings.dump();
  side.setup.vectors = trial.model.embedding.vectors;
  side.setup.drawn_tokens = subject.drawn_tokens;
  side.setup.without = contender.without;
  settings["bench"] = {{"batches", side.setup.batches},
                       {"tokens", subject.drawn_tokens ? "drawn" : trial.data.set}};
  if (!contender.without.empty()) settings["bench"]["without"] = contender.without;
  const std::string text = settings.dump();
  side.trial = trial_record(trial, sha256_hex(text), text);
  return side;
}

std::vector<BenchSide> sides_of(const std::vector<Contender>& contenders, const BenchSubject& subject) {
  std::vector<BenchSide> sides;
  for (const Contender& contender : contenders) sides.push_back(side_of(contender, subject));
  return sides;
}

/// Names a comparison: no two are alike.
std::string session_name() {
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return sha256_hex(fmt::format("{} {} {}", now, ::getpid(), ::gethostid())).substr(0, 16);
}

std::string progress_text(const BenchSubject& subject, const std::vector<BenchSide>& sides,
                          const BenchOutcome& so_far) {
  std::string text = fmt::format("{} round {}:", subject.name, so_far.rounds.back().number);
  for (std::size_t side = 0; side < sides.size(); ++side) {
    text += fmt::format(" {} {:.4g} ms", sides[side].label,
                        median_of(so_far.rounds.back().sides[side].samples_ns.at("step")) * 1e-6);
    if (side == 0 || !so_far.ratios[side - 1].step) continue;
    const TimingRatio& ratio = *so_far.ratios[side - 1].step;
    text += fmt::format(" ({:.3g}× ± {:.1f} %)", ratio.ratio, 100 * half_width(ratio));
  }
  return text;
}

class Bench {
 public:
  Bench(const BenchCommandOptions& options, Store& store, const std::stop_token& stop)
      : options_(options), store_(store), stop_(stop), processors_(allowed_processors()) {}

  /// Returns the comparison's name.
  std::string compare(const BenchSubject& subject, const std::vector<Contender>& contenders) {
    std::vector<BenchSide> sides = sides_of(contenders, subject);
    const int asked = subject.trial.training.threads;
    const int most = static_cast<int>(processors_.size());
    const int threads = asked > 0 ? std::min(asked, most) : most;
    // All sides share the same ones: a thread that moves loses its caches, and no two processors are alike.
    const std::vector<int> processors(processors_.end() - threads, processors_.end());
    std::map<int, std::vector<MetricRecord>> facts;  // by threads
    for (std::size_t side = 0; side < sides.size(); ++side) {
      const int its = contenders[side].threads > 0 ? contenders[side].threads : threads;
      if (!facts.contains(its)) facts[its] = bench_facts(subject.trial, its);
      sides[side].facts = facts[its];
    }
    const BenchRecord record = record_of(subject);
    const MakeSide make_side = [&](std::size_t side) {
      return std::make_unique<SideProcess>(
          side_command(contenders[side].program, options_.data, options_.vectors, processors), stop_);
    };
    BenchOptions options{.seconds = options_.seconds, .precision = options_.precision / 100};
    DoingLine doing;
    doing.show(subject.name + ": the first round");
    run_bench(sides, make_side, options, record, store_, stop_, [&](const BenchOutcome& so_far) {
      if (so_far.rounds.size() == 1 && least_seconds(so_far, options) > options.seconds) {
        doing.say(fmt::format("{}: the least {} rounds will take about {}, longer than --for {:g}",
                              visible_text(subject.name), options.least_rounds,
                              human_duration(least_seconds(so_far, options)), options.seconds));
      }
      doing.show(progress_text(subject, sides, so_far));
    });
    return record.session;
  }

 private:
  BenchRecord record_of(const BenchSubject& subject) const {
    return {.experiment =
                {kBenchExperiment, "How long do a training step and a prediction take?",
                 "# comparisons of `rnnbench bench`; the command of each is in its runs' particulars\n"},
            .subject = subject.name,
            .command = bench_command(options_),
            .parity = parity_command(fs::proximate(subject.file), options_),
            .session = session_name()};
  }

  const BenchCommandOptions& options_;
  Store& store_;
  const std::stop_token& stop_;
  std::vector<int> processors_;
};

bool is_for_programs(TableFormat format) {
  return format == TableFormat::kCsv || format == TableFormat::kJson;
}

void print(const BenchData& bench, TableFormat format) {
  if (format == TableFormat::kMarkdown) {
    fmt::print("{}\n", bench_section(bench));
    return;
  }
  fmt::print("{}\n{}", visible_text(bench.subject), format_table(bench_table(bench), format));
  for (const std::string& note : bench_notes(bench)) fmt::print("  {}\n", visible_text(note));
  fmt::print("\n");
}

void flush_output() {
  if (std::fflush(stdout) != 0) throw EnvironmentError("can't write the output; what was timed is recorded");
}

/// Prints what a step comes to in the engines of the comparisons, each once.
void explain(const BenchCommandOptions& options, const std::vector<BenchSubject>& subjects,
             const std::vector<std::vector<Contender>>& comparisons, TableFormat format,
             const std::stop_token& stop) {
  const RunServices services = real_services(options.db.path, options.data, options.vectors, stop);
  Table table = explanation_table();
  std::set<std::string> explained;
  for (const BenchSubject& subject : subjects) {
    for (const auto& contenders : comparisons) {
      for (const Contender& contender : contenders) {
        if (!explained.insert(subject.name + "\n" + contender.label).second) continue;
        const BenchSide side = side_of(contender, subject);
        add_explanation(
            table, {subject.name, contender.label, subject.drawn_tokens ? "drawn" : subject.trial.data.set},
            subject.trial, Side(side.setup, engine_names(), services).explain());
      }
    }
  }
  fmt::print("{}", format_table(table, format));
  flush_output();
}

void bench(const BenchCommandOptions& options, const std::stop_token& stop) {
  if (!std::isfinite(options.seconds) || !std::isfinite(options.precision)) {
    throw ConfigError("--for and --precision take numbers");
  }
  const TableFormat format = table_format(options.format);
  const auto comparisons = comparisons_of(options, stop);
  std::vector<std::string> overrides = options.overrides;
  const int threads = options.scales ? most_threads(options) : options.threads;
  if (threads > 0) overrides.push_back(fmt::format("training.threads={}", threads));
  const auto subjects = bench_subjects(options.models, overrides, options.data, options.vectors, stop);
  for (const BenchSubject& subject : subjects) {
    for (const auto& contenders : comparisons)
      sides_of(contenders, subject);  // refuses before anything is timed
  }
  if (options.explains) return explain(options, subjects, comparisons, format, stop);
  Store store(options.db.path);
  if (const int stale = store.recover_stale_runs(); stale > 0) {
    fmt::print(stderr, "{} runs of a process that is gone are marked interrupted\n", stale);
  }
  Bench bench(options, store, stop);
  std::vector<BenchData> taken;
  for (const BenchSubject& subject : subjects) {
    for (const std::string& note : subject.notes)
      fmt::print(stderr, "{}: {}\n", visible_text(subject.name), note);
    for (const auto& contenders : comparisons) {
      const std::string session = bench.compare(subject, contenders);
      Database database(options.db.path);
      taken.push_back(load_bench(database, session));
      if (is_for_programs(format)) continue;
      print(taken.back(), format);
      flush_output();
    }
  }
  if (is_for_programs(format)) fmt::print("{}", format_table(bench_rows(taken), format));
  flush_output();
  fmt::print(stderr, "recorded in {}; `rnnbench report bench` shows it\n",
             visible_text(options.db.path.string()));
}

}  // namespace

void add_bench_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<BenchCommandOptions>();
  CLI::App* command =
      app.add_subcommand("bench", "Time engines, or two builds, in turns, until their ratio is known");
  command->add_option("model", options->models, "m1 to m6, the models of the claims, or experiment files")
      ->capture_default_str()
      ->type_name("MODEL|CONFIG");
  command
      ->add_option(
          "--engines", options->engines,
          "What is compared, the reference first; a device may follow, libtorch:cuda; or any program that "
          "speaks the protocol of docs/timing.md, 'command:WORDS' [all]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B…");
  command
      ->add_option("--against", options->against,
                   "Compare each engine with that of another build, or of a revision, which is built")
      ->type_name("REV|BUILD");
  command
      ->add_flag("--ablate", options->ablates,
                 "Compare each engine [fused] with itself without one of its shortcuts, each in turn")
      ->excludes("--against");
  command
      ->add_flag("--scaling", options->scales,
                 "Compare each engine [fused] on all threads with itself on half as many, down to one")
      ->excludes("--against")
      ->excludes("--ablate");
  command
      ->add_flag("--explain", options->explains,
                 "Say what a step comes to in each engine: what it leaves out, operations and bytes by "
                 "phase; time nothing")
      ->excludes("--against")
      ->excludes("--ablate")
      ->excludes("--scaling");
  command
      ->add_option("--for", options->seconds,
                   "Seconds that a comparison may take; its 6 rounds are taken in any case")
      ->capture_default_str()
      ->check(CLI::Range(0.5, 86'400.0))
      ->type_name("SECONDS");
  command
      ->add_option("--precision", options->precision,
                   "It ends once every ratio is known within ± so many percent")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 50.0))
      ->type_name("PERCENT");
  command->add_option("--threads", options->threads, "Of each engine [as the model's file says, or all]")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  command
      ->add_option("--set", options->overrides,
                   "Change a setting, e.g. --set training.batch=1; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--format", options->format,
                   "table or markdown, one a model; csv or json, one for all with plain numbers, at the end")
      ->check(CLI::IsMember(table_format_names()))
      ->capture_default_str();
  options->db.add_to(*command);
  options->data.add_to(*command);
  options->vectors.add_to(*command);
  command->footer(
      "A comparison has rounds; in each every side is a new process, is warmed until its times are steady, "
      "and\n"
      "takes blocks of steps in turns with the others. The ratio is the geometric mean over rounds, its "
      "interval\n"
      "Student's. It ends when all intervals are narrow enough or time is over, never because of what they "
      "show.");
  command->callback([options, &session] {
    if (!options->explains)
      session.when_interrupted =
          "the rounds that were over are recorded as interrupted runs, comparisons that were over as "
          "finished "
          "ones; the same command begins anew";
    bench(*options, session.stop);
  });
}

}  // namespace rnnbench
