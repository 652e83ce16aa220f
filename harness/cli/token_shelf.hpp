#pragma once

#include <deque>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "harness/cli/options.hpp"
#include "harness/data/split_tokens.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// The reviews of baselines' trials as tokens. They aren't cached on disk, so that the last two are kept:
/// runs that share them, in any order, read them once. About 100 MB each on IMDb.
class TokenShelf {
 public:
  TokenShelf(DataOption option, std::stop_token stop) : option_(std::move(option)), stop_(std::move(stop)) {}

  /// Throws DataError, ConfigError, Interrupted.
  std::shared_ptr<const SplitTokens> load(const TrialSpec& trial);

 private:
  DataOption option_;
  std::stop_token stop_;
  static constexpr std::size_t kMost = 2;
  std::deque<std::pair<std::string, std::shared_ptr<const SplitTokens>>> kept_;  ///< the newest last
};

}  // namespace rnnbench
