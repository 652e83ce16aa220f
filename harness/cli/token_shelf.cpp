#include "harness/cli/token_shelf.hpp"

#include <algorithm>

#include "harness/data/data_source.hpp"

namespace rnnbench {

std::shared_ptr<const SplitTokens> TokenShelf::load(const TrialSpec& trial) {
  std::string key = to_json(trial.data).dump() + to_json(trial.recipe).dump();
  const auto found = std::ranges::find(kept_, key, [](const auto& entry) { return entry.first; });
  if (found != kept_.end()) return found->second;
  if (kept_.size() == kMost) kept_.pop_front();  // before the next ones take as much again
  const ReviewSet reviews = read_reviews(find_data(trial.data.set, option_.path), stop_);
  auto tokens = std::make_shared<const SplitTokens>(
      split_tokens(reviews, trial.data, trial.recipe, /*threads=*/0, stop_));
  kept_.emplace_back(std::move(key), tokens);
  return tokens;
}

}  // namespace rnnbench
