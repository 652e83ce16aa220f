#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "harness/matrix/trials.hpp"
#include "harness/runner/run_estimates.hpp"
#include "harness/runner/trial_spec.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

/// 2 × 2 × 2 × 5 × 5 × 50 = 10,000 cells of settings as large as a real experiment's.
constexpr const char* kExperiment = R"(schema = 1
name = "ten-thousand"
question = "How fast is a plan?"
seeds = [1, 2, 3]
[data]
set = "imdb"
split = { kind = "shuffled", train = 0.64, validation = 0.16, test = 0.2, seed = 1 }
limit = { train = 5000, seed = 1 }
[recipe]
name = "plain"
ids = { padding = 0, start = 1, unknown = 2, first_word = 4 }
padding = "front"
truncation = "front"
steps = [{ step = "lower" }, { step = "replace", pattern = "<br */?>", with = " " },
         { step = "delete", pattern = "[^a-z ]" }, { step = "split", on = "whitespace" },
         { step = "drop", words = "english-198" }, { step = "stem", algorithm = "porter" }]
[axes]
engine = ["libtorch", "eigen"]
device = ["cpu", "cuda"]
"model.layers.0.cell" = ["rnn", "lstm"]
"recipe.vocabulary" = [1000, 5000, 10000, 20000, 50000]
"recipe.length" = [50, 100, 200, 400, 800]
"model.layers.0.units" = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50]
[model]
embedding = { size = 64, trainable = true, zero_padding = false, mask_padding = false, spatial_dropout = 0.1 }
layers = [{ cell = "rnn", units = 64, bidirectional = false, biases = 2, output_dropout = 0.3 }]
pooling = "mean"
dropout = 0.2
dense = [{ units = 32, activation = "relu", dropout = 0.2 }]
head = "softmax"
initializers = "pytorch"
[training]
optimizer = { name = "adam", learning_rate = 5e-4, l2 = 1e-4, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }
batch = 32
epochs = 4
clip_norm = 1.0
)";

ExperimentFile experiment() { return parse_experiment(kExperiment, "x.toml", {}, "recipes"); }

void read_file(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(experiment());
}
BENCHMARK(read_file)->Unit(benchmark::kMillisecond);

void expand_10000_cells(benchmark::State& state) {
  const ExperimentFile file = experiment();
  for (auto _ : state) benchmark::DoNotOptimize(expand(file));
}
BENCHMARK(expand_10000_cells)->Unit(benchmark::kMillisecond);

/// The whole way of `plan`, with a resolver that takes the settings as they are.
void make_10000_trials(benchmark::State& state) {
  for (auto _ : state) {
    const auto trials = make_trials(experiment(), [](const MatrixCell& cell) { return cell.settings; });
    if (trials.size() != 10'000) state.SkipWithError("the matrix has another size");
  }
}
BENCHMARK(make_10000_trials)->Unit(benchmark::kMillisecond);

/// The same matrix with the units in a [[zip]] and two [[when]]s, of which each matches half of the cells.
std::string conditional_experiment() {
  std::string text = kExperiment;
  const std::size_t begin = text.find("\"model.layers.0.units\"");
  const std::size_t end = text.find("[model]");
  std::string batches = "\"training.batch\" = [";
  for (int batch = 1; batch <= 50; ++batch) batches += std::to_string(batch) + ", ";
  const std::string zip = "[[zip]]\n" + text.substr(begin, end - begin) + batches + "]\n";
  text.erase(text.find("batch = 32\n"), 11);
  text.replace(begin, end - begin,
               zip +
                   "[[when]]\nif = { cell = \"lstm\" }\nset = { training.optimizer.learning_rate = 1e-3 }\n"
                   "[[when]]\nif = { engine = \"eigen\" }\nset = { training.threads = 1 }\n");
  return text;
}

/// All that `plan` does but for asking the machine: file, cells, their settings read and written canonically,
/// keys, an estimate of each and the table as text.
void plan_10000_trials(benchmark::State& state) {
  const std::string text = conditional_experiment();
  for (auto _ : state) {
    const ExperimentFile file = parse_experiment(text, "x.toml", {}, "recipes");
    std::vector<TrialSpec> specs;
    const auto trials = make_trials(file, [&](const MatrixCell& cell) {
      specs.push_back(read_trial_spec(cell.settings, *cell.origins, {"libtorch", "eigen"}));
      return canonical_settings(specs.back(), "fingerprint");
    });
    if (trials.size() != 10'000) state.SkipWithError("the matrix has another size");
    RunEstimates estimates;
    for (std::size_t i = 0; i < trials.size(); i += 100)
      estimates.add({trials[i].key, run_size(specs[i]), 1, 2.0});
    Table table{{"trial", "time", "estimated by"}, {}};
    for (std::size_t i = 0; i < trials.size(); ++i) {
      const auto estimate = estimates.of(trials[i].key, run_size(specs[i]));
      table.rows.push_back(
          {label(trials[i].cell), estimate ? estimate->seconds : 0.0, estimate ? estimate->basis : ""});
    }
    benchmark::DoNotOptimize(format_table(table, TableFormat::kTable));
  }
}
BENCHMARK(plan_10000_trials)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rnnbench
