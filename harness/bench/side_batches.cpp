#include "harness/bench/side_batches.hpp"

#include <algorithm>

#include "harness/bench/drawn_tokens.hpp"
#include "harness/core/seeds.hpp"

namespace rnnbench {

TrialSpec trial_of(const SideSetup& setup, const std::vector<std::string>& engines) {
  TrialSpec trial = trial_from_canonical(Json::parse(setup.settings), engines);
  trial.model.embedding.vectors = setup.vectors;
  return trial;
}

SideBatches::SideBatches(const TrialSpec& trial, const SideSetup& setup, const RunServices& services) {
  const auto batch = static_cast<std::size_t>(trial.training.batch);
  const std::size_t wanted = static_cast<std::size_t>(setup.batches) * batch;
  data = setup.drawn_tokens ? drawn_tokens(trial.recipe, wanted, setup.seed) : services.load_data(trial);
  const std::vector<std::uint32_t> order = epoch_order(data.train.reviews(), run_seeds(setup.seed).order, 1);
  for (std::size_t first = 0; first < std::min(wanted, order.size()); first += batch) {
    const std::size_t count = std::min(batch, order.size() - first);
    if (count < batch && !rows.empty()) break;  // a shorter one would be quicker
    rows.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(first),
                      order.begin() + static_cast<std::ptrdiff_t>(first + count));
  }
  for (const auto& some : rows) {
    batches.push_back(buffers.emplace_back(std::make_unique<BatchBuffer>())->gather(data, data.train, some));
  }
}

}  // namespace rnnbench
