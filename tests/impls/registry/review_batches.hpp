#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/data/encoded_data.hpp"
#include "tests/support/sample_batches.hpp"

namespace rnnbench {

/// The first `count` batches of `reviews` training reviews each that an epoch of `data` visits.
std::vector<SampleBatch> epoch_batches(const EncodedData& data, std::size_t count, int reviews);

/// The same of data set `set`, encoded by experiments/recipes/RECIPE.toml with `vocabulary` ids and `time`
/// steps. Uses the cache folder.
std::vector<SampleBatch> review_batches(const std::string& set, const std::string& recipe, int vocabulary,
                                        int time, std::size_t count, int reviews);

}  // namespace rnnbench
