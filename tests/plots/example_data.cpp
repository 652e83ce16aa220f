#include "tests/plots/example_data.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>

namespace rnnbench {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Kind {
  const char* engine;
  const char* cell;
  double accuracy;          // reached after many epochs
  double seconds_an_epoch;  // at length 100
};
constexpr Kind kKinds[] = {
    {"libtorch", "rnn", 0.80, 1.4}, {"libtorch", "lstm", 0.88, 4.9}, {"eigen", "rnn", 0.805, 0.62}};

/// In [-1, 1], from where a number stands.
double wobble(int a, int b, int c) { return std::sin(12.9898 * a + 78.233 * b + 37.719 * c); }

TrialData make_trial(const Kind& kind, const char* device, int vocabulary, int length) {
  TrialData trial;
  trial.settings = fmt::format(
      R"({{"data":{{"set":"toy"}},"device":"{}","engine":"{}","model":{{"layers":[{{"cell":"{}","units":64}}]}},)"
      R"("recipe":{{"length":{},"name":"keras-imdb","vocabulary":{}}},"training":{{"batch":32}}}})",
      device, kind.engine, kind.cell, length, vocabulary);
  trial.key = fmt::format("{:0>64}", std::hash<std::string>{}(trial.settings));
  trial.engine = kind.engine;
  trial.cell = kind.cell;
  trial.device = device;
  trial.data_set = "toy";
  trial.recipe = "keras-imdb";
  trial.vocabulary = vocabulary;
  trial.length = length;
  return trial;
}

/// As sure as their labels allow, and a little too sure.
TestPredictions make_predictions(int index, int seed) {
  std::vector<float> positive;
  std::vector<std::uint8_t> labels;
  for (int review = 0; review < 200; ++review) {
    const double p = 0.5 + 0.49 * wobble(review, seed, index);
    positive.push_back(static_cast<float>(p));
    labels.push_back(0.5 + 0.3 * wobble(index, review, seed) < p ? 1 : 0);
  }
  std::vector<std::uint32_t> words;
  std::vector<std::uint8_t> ratings;
  for (std::size_t review = 0; review < labels.size(); ++review) {
    words.push_back(static_cast<std::uint32_t>(20 + 7 * review));
    ratings.push_back(static_cast<std::uint8_t>((labels[review] == 1 ? 7 : 1) + review % 4));
  }
  return {classification_report(positive, labels), reliability_bins(positive, labels),
          accuracies_of(groups_by_length(words), positive, labels),
          accuracies_of(groups_by_rating(ratings), positive, labels)};
}

/// Shares of a step, which takes `step_ns`; the control, and what the machine did.
void add_phases(RunData& run, int epoch, std::int64_t step_ns) {
  const std::pair<const char*, double> shares[] = {
      {"data", 0.02}, {"forward", 0.38}, {"backward", 0.5}, {"optimizer", 0.1}};
  for (const auto& [phase, share] : shares) {
    const auto ns = static_cast<std::int64_t>(share * static_cast<double>(step_ns));
    run.timings.push_back({phase, "host", epoch, false, {ns, ns + 1000, ns - 1000}});
  }
  run.timings.push_back({"control", "host", epoch, false, {1'000'000 + 10'000 * epoch}});
}

RunData make_run(const TrialData& trial, const Kind& kind, int index, int seed, int epochs, bool fails) {
  RunData run;
  run.id = 100 * index + seed;
  run.seed = static_cast<std::uint64_t>(seed);
  run.environment = 1;
  run.status = fails ? "failed" : "finished";
  run.reason = fails ? "loss is not finite in epoch 3" : "";
  run.started = fmt::format("2024-05-01T{:02}:{:02}:00Z", 6 + index / 3, 10 * seed);
  run.finished = "2024-05-01T12:00:00Z";
  Curve losses[] = {{"loss", "train", {}}, {"loss", "validation", {}}};
  Curve accuracies[] = {{"accuracy", "train", {}}, {"accuracy", "validation", {}}};
  PhaseSamples epoch_times{"epoch", "host", 0, false, {}};
  const double best = kind.accuracy + 0.02 * (trial.length > 100) + 0.015 * (trial.vocabulary > 5000);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const double learnt = 1 - std::exp(-0.55 * epoch) + 0.02 * wobble(seed, epoch, index);
    const bool lost = fails && epoch == 3;
    const double train = 0.5 + (best + 0.06 - 0.5) * learnt;
    const double validation = 0.5 + (best - 0.5) * learnt + 0.012 * wobble(index, seed, epoch);
    losses[0].points.push_back({epoch, lost ? kNan : 0.69 - 0.55 * learnt});
    losses[1].points.push_back({epoch, lost ? kNan : 0.69 - 0.38 * learnt + 0.008 * epoch});
    accuracies[0].points.push_back({epoch, train});
    accuracies[1].points.push_back({epoch, validation});
    const double seconds =
        kind.seconds_an_epoch * trial.length / 100 * (1 + 0.03 * wobble(epoch, seed, index));
    const auto total_ns = static_cast<std::int64_t>(1e9 * seconds);
    epoch_times.samples_ns.push_back(total_ns);
    PhaseSamples steps{"step", "host", epoch, false, {}};
    for (int step = 0; step < 20; ++step) {
      steps.samples_ns.push_back(total_ns / 200 + static_cast<std::int64_t>(1e4 * wobble(step, epoch, seed)));
    }
    run.train_seconds += seconds;
    run.timings.push_back(std::move(steps));
    add_phases(run, epoch, total_ns / 200);
    if (lost) break;
  }
  run.timings.push_back(std::move(epoch_times));
  for (Curve& curve : accuracies) run.curves.push_back(std::move(curve));
  run.test_accuracy = fails ? kNan : best + 0.012 * wobble(seed, index, 5);
  if (!fails) run.predictions = make_predictions(index, seed);
  if (!fails) run.curves.push_back({"accuracy", "test", {{epochs, run.test_accuracy}}});
  for (Curve& curve : losses) run.curves.push_back(std::move(curve));
  run.curves.push_back({"memory_peak", "", {{epochs, 3e8 + 1e7 * index}}});
  run.curves.push_back({"frequency", "", {{epochs, 2.6e9}}});
  return run;
}

RunData skipped_run(int id, int seed) {
  RunData run;
  run.id = id;
  run.seed = static_cast<std::uint64_t>(seed);
  run.environment = 1;
  run.status = "skipped";
  run.reason = "no NVIDIA driver: libcuda.so.1 not found";
  run.test_accuracy = kNan;
  run.train_seconds = kNan;
  return run;
}

BenchSideData make_side(const char* engine, int threads, double step_ms) {
  BenchSideData side;
  side.label = fmt::format("{} on {} threads", engine, threads);
  side.engine = engine;
  side.device = "cpu";
  side.settings = fmt::format(R"({{"training":{{"threads":{}}}}})", threads);
  for (int round = 0; round < 6; ++round)
    side.rounds["step"].push_back(1e6 * step_ms * (1 + 0.01 * wobble(round, threads, 1)));
  side.metrics = {{"step_operations", 4e8},    {"needed_operations", 3e8}, {"needed_bytes", 2e7},
                  {"multiply_add_peak", 2e11}, {"bandwidth_memory", 2e10}, {"bandwidth_l2", 1e11}};
  return side;
}

BenchData make_bench(const char* subject, std::vector<BenchSideData> sides) {
  BenchData bench;
  bench.subject = subject;
  bench.tokens = "toy";
  bench.status = "finished";
  bench.sides = std::move(sides);
  return bench;
}

/// What the trial of the first kind reached, as if a source had reported it.
ClaimData make_claim(const FigureData& data) {
  ClaimData claim;
  claim.claim.id = "a-claim";
  claim.claim.source = "a source";
  claim.claim.figures = {
      {"accuracy", "test", ReportedFigure::Epoch::kLast, 0.81, 0.01, 0.02, "81 %", "a reason"}};
  claim.claim.curves = {{"accuracy", "validation", {0.62, 0.70, 0.74}, 0.01},
                        {"loss", "train", {0.5, 0.3, 0.25}, 0.01}};
  claim.data = data;
  claim.data.trials.resize(1);
  return claim;
}

}  // namespace

FigureSource example_source(const ExampleSize& size) {
  FigureSource source{example_data(size)};
  source.data.benches = {
      make_bench("m1", {make_side("libtorch", 2, 20), make_side("fused", 2, 2), make_side("eigen", 2, 9)}),
      make_bench("m1", {make_side("fused", 2, 2), make_side("fused", 1, 3.2)})};
  source.claims = {make_claim(source.data)};
  return source;
}

FigureData example_data(const ExampleSize& size) {
  FigureData data;
  data.experiments = {{1, "first-matrix",
                       "Which implementation and cell reaches what accuracy, at what cost?",
                       "schema = 1\nname = \"first-matrix\"\n"}};
  data.environments = {
      {1, R"({"build":{"compiler":"g++ 12.2","dirty":false,"flags":"-O3",)"
          R"("revision":"0123456789abcdef0123456789abcdef01234567","type":"Release",)"
          R"("version":"0.1.0"},"memory_gib":7.7,"processor":{"cores":2,"model":"Example CPU"}})"}};
  int index = 0;
  for (const Kind& kind : kKinds) {
    for (int v = 0; v < size.vocabularies; ++v) {
      for (int l = 0; l < size.lengths; ++l) {
        TrialData trial = make_trial(kind, "cpu", v == 0 ? 5000 : 20000 * v, 100 * (l + 1));
        for (int seed = 1; seed <= size.seeds; ++seed) {
          const bool fails = size.troubles && index == 1 && seed == 2;
          trial.runs.push_back(make_run(trial, kind, index, seed, size.epochs, fails));
        }
        data.trials.push_back(std::move(trial));
        ++index;
      }
    }
  }
  if (size.troubles) {
    TrialData trial = make_trial(kKinds[0], "cuda", 5000, 100);
    for (int seed = 1; seed <= size.seeds; ++seed) trial.runs.push_back(skipped_run(90000 + seed, seed));
    data.trials.push_back(std::move(trial));
  }
  return data;
}

}  // namespace rnnbench
