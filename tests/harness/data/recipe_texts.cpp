#include "tests/harness/data/recipe_texts.hpp"

#include <toml++/toml.h>

#include "harness/config/recipe_library.hpp"

namespace rnnbench {

Recipe recipe_with(std::vector<RecipeStep> steps) {
  Recipe recipe;
  recipe.name = "test";
  recipe.steps = std::move(steps);
  recipe.vocabulary = 50;
  recipe.length = 6;
  return recipe;
}

Recipe plain_recipe() { return recipe_with({{"lower", "", ""}, {"split", "whitespace", ""}}); }

Recipe recipe_file(const std::string& name) {
  RecipeLibrary library({std::string(RNNBENCH_SOURCE_DIR) + "/experiments/recipes"});
  const SettingsTree& tree = library.load(name, "test");
  return read_recipe(SettingsReader(tree.values, "", tree.origins));
}

ReviewSet reviews_of(const std::vector<std::string>& train, const std::vector<std::string>& test) {
  ReviewSet reviews;
  const auto add = [&](const std::vector<std::string>& texts, Part part) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      reviews.add(texts[i], i % 2, part, static_cast<std::int32_t>(i), 0);
    }
  };
  add(train, Part::kTrain);
  add(test, Part::kTest);
  return reviews;
}

}  // namespace rnnbench
