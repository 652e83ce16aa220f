#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "harness/config/recipe_library.hpp"
#include "harness/data/encoder.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

Recipe first_recipe() {
  RecipeLibrary library({std::string(RNNBENCH_SOURCE_DIR) + "/experiments/recipes"});
  const SettingsTree& tree = library.load("pytorch-rnn-meanpool", "encode_benchmark");
  return read_recipe(SettingsReader(tree.values, "", tree.origins));
}

/// Of the whole process so far.
double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// False, and the benchmark skipped, where the real reviews weren't given.
bool has_real_reviews(benchmark::State& state) {
  if (std::getenv("RNNBENCH_DATA") != nullptr) return true;
  state.SkipWithError("set RNNBENCH_DATA to the folder of the real reviews");
  return false;
}

void finish(benchmark::State& state) {
  state.counters["peak_MB"] = peak_megabytes();
  state.SetItemsProcessed(state.iterations() * 50'000);
}

/// Reading and decompressing alone.
void ReadReviews(benchmark::State& state) {
  if (!has_real_reviews(state)) return;
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(read_reviews(find_data("imdb", std::nullopt), {}));
  }
  finish(state);
}
BENCHMARK(ReadReviews)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

/// Cleaning, tokenising, counting and encoding of reviews in memory, by number of threads.
void EncodeReviews(benchmark::State& state) {
  if (!has_real_reviews(state)) return;
  const ReviewSet reviews = read_reviews(find_data("imdb", std::nullopt), {});
  const Recipe recipe = first_recipe();
  const std::string key(64, '0');
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(encode_reviews(reviews, {}, recipe, key, static_cast<int>(state.range(0)), {}));
  }
  finish(state);
}
BENCHMARK(EncodeReviews)
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->MinTime(3);

/// Opening what an earlier call encoded, in a cache folder of its own.
void LoadFromCache(benchmark::State& state) {
  if (!has_real_reviews(state)) return;
  const fs::path folder = fs::temp_directory_path() / ("encode_benchmark" + std::to_string(::getpid()));
  ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
  const DataLocation location = find_data("imdb", std::nullopt);
  const Recipe recipe = first_recipe();
  load_encoded(location, {}, recipe, {});
  for ([[maybe_unused]] auto iteration : state) {
    EncodeTimes times;
    benchmark::DoNotOptimize(load_encoded(location, {}, recipe, {}, &times));
    if (!times.from_cache) state.SkipWithError("the cache was not used");
  }
  finish(state);
  fs::remove_all(folder);
}
BENCHMARK(LoadFromCache)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace rnnbench
