#pragma once

#include <string>
#include <vector>

#include "harness/data/recipe.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// A recipe with the given `steps`, 50 ids, padding 0, unknown 1, words from 2 and length 6.
Recipe recipe_with(std::vector<RecipeStep> steps);

/// Lower case, whitespace.
Recipe plain_recipe();

/// The recipe of experiments/recipes/NAME.toml, its `base` resolved.
Recipe recipe_file(const std::string& name);

/// Official reviews with these texts; labels alternate 0, 1.
ReviewSet reviews_of(const std::vector<std::string>& train, const std::vector<std::string>& test);

}  // namespace rnnbench
