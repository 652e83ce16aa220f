#include "harness/runner/memory_obstacle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/memory_need.hpp"

namespace rnnbench {

std::string memory_obstacle(const TrialSpec& trial, double limit, const std::string& owner) {
  constexpr double kGib = 1 << 30;
  const int most = trial.data.limit.train;  // no batch is larger than the reviews there are
  const int batch = most > 0 ? std::min(trial.training.batch, most) : trial.training.batch;
  const double need =
      memory_need(trial.model, trial.training.optimizer,
                  {.vocabulary = trial.recipe.vocabulary, .batch = batch, .length = trial.recipe.length})
          .total();
  if (need <= limit) return "";
  return fmt::format(
      "needs about {:.1f} GiB to train, {} has {:.1f} GiB; make training.batch, recipe.length or "
      "the model smaller",
      need / kGib, owner, limit / kGib);
}

}  // namespace rnnbench
