#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/recipe.hpp"
#include "harness/data/split_tokens.hpp"
#include "harness/model/baseline_spec.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// Everything a baseline is made from.
struct BaselineSetup {
  BaselineSpec spec;
  Recipe recipe;           ///< its ids; not its length
  std::uint64_t seed = 0;  ///< RunSeeds::order: of what it draws
};

/// What one round of fitting gave: a tree, a step of a solver.
struct BaselineRound {
  int round = 0;          ///< counts from 1
  double train_loss = 0;  ///< mean cross-entropy in nats, of the model as it is after the round
  double validation_loss = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not known
};
using RoundReport = std::function<void(const BaselineRound& round)>;

/// What fitting ended with.
struct FittedBaseline {
  int rounds_kept = 0;  ///< of all rounds, those that the model is made of
  /// That it ended before the most rounds it may take.
  bool stopped_early = false;
  /// Numbers that were fitted: weights and bias, or thresholds and leaves.
  std::int64_t parameters = 0;
};

/// A classifier of reviews that is fitted at once, not step by step as an Engine is. Knows no data set,
/// matrix, file or wall clock. The same setup and reviews give the same bits, as long as the threads are as
/// many. Used from one thread at a time. What fails is thrown as EngineError.
class Baseline {
 public:
  virtual ~Baseline() = default;

  /// Fits to `train`; `validation` may be empty, and decides at most how many rounds are kept. Calls
  /// `on_round` after each round. Throws Interrupted between two rounds when asked to stop.
  virtual FittedBaseline fit(const TokenRows& train, const TokenRows& validation, const RoundReport& on_round,
                             const std::stop_token& stop) = 0;

  /// The probability of the positive class, [reviews]. After fit() or set_state().
  virtual std::vector<float> predict(const TokenRows& rows) = 0;

  /// All that predict() needs but the setup.
  virtual Parameters state() const = 0;
  /// Throws EngineError for what state() can't have given.
  virtual void set_state(const Parameters& state) = 0;

  /// What ran: versions, threads. A JSON object, recorded per run.
  virtual std::string describe() const = 0;
};

}  // namespace rnnbench
