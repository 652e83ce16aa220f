#include "tests/impls/registry/review_batches.hpp"

#include <optional>
#include <span>
#include <stop_token>

#include "harness/config/recipe_library.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/encoder.hpp"

namespace rnnbench {
namespace {

Recipe recipe_named(const std::string& name, int vocabulary, int time) {
  RecipeLibrary library({std::string(RNNBENCH_SOURCE_DIR) + "/experiments/recipes"});
  const SettingsTree& tree = library.load(name, "tests");
  Recipe recipe = read_recipe(SettingsReader(tree.values, "", tree.origins));
  recipe.vocabulary = vocabulary;
  recipe.length = time;
  return recipe;
}

SampleBatch copied(const Batch& batch) {
  return {{batch.ids.begin(), batch.ids.end()},
          {batch.lengths.begin(), batch.lengths.end()},
          {batch.labels.begin(), batch.labels.end()},
          batch.time,
          batch.padded_at_front};
}

}  // namespace

std::vector<SampleBatch> epoch_batches(const EncodedData& data, std::size_t count, int reviews) {
  const std::vector<std::uint32_t> order = epoch_order(data.train.reviews(), /*seed=*/1, /*epoch=*/1);
  const auto size = static_cast<std::size_t>(reviews);
  std::vector<SampleBatch> batches;
  BatchBuffer buffer;
  for (std::size_t i = 0; i < count && (i + 1) * size <= order.size(); ++i) {
    batches.push_back(copied(buffer.gather(data, data.train, std::span(order).subspan(i * size, size))));
  }
  return batches;
}

std::vector<SampleBatch> review_batches(const std::string& set, const std::string& recipe, int vocabulary,
                                        int time, std::size_t count, int reviews) {
  DataSpec spec;
  spec.set = set;
  return epoch_batches(load_encoded(find_data(set, std::nullopt), spec,
                                    recipe_named(recipe, vocabulary, time), std::stop_token()),
                       count, reviews);
}

}  // namespace rnnbench
