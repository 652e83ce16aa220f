#include "harness/parity/check_seeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/statistics/equivalence.hpp"
#include "harness/statistics/sample_size.hpp"

namespace rnnbench {
namespace {

/// Trains and tests one engine after the other on the same data.
class QuickTraining {
 public:
  QuickTraining(const TrainingSpec& training, int epochs, const EncodedData& data,
                const ParityServices& services)
      : training_(training), epochs_(epochs), data_(data), services_(services) {}

  /// The accuracy that `engine` reaches from the state it has. `doing` begins what progress is told.
  double accuracy_of(Engine& engine, std::uint64_t order_seed, const std::string& doing) {
    bool finite = true;
    for (int epoch = 1; epoch <= epochs_ && finite; ++epoch) {
      finite =
          train_epoch(engine, order_seed, epoch, fmt::format("{}, epoch {} of {}", doing, epoch, epochs_));
    }
    services_.progress(doing + ", testing");
    return test(engine);
  }

 private:
  /// Whether the losses were finite.
  bool train_epoch(Engine& engine, std::uint64_t order_seed, int epoch, const std::string& doing) {
    const std::vector<std::uint32_t> order = epoch_order(data_.train.reviews(), order_seed, epoch);
    const auto batch = static_cast<std::size_t>(training_.batch);
    const std::size_t steps = (order.size() + batch - 1) / batch;
    NullPhaseClock phases;
    for (std::size_t step = 0; step < steps; ++step) {
      if (services_.stop.stop_requested()) throw Interrupted();
      services_.progress(fmt::format("{}, step {} of {}", doing, step + 1, steps));
      const std::size_t first = step * batch;
      const auto rows = std::span(order).subspan(first, std::min(batch, order.size() - first));
      engine.train_step(buffer_.gather(data_, data_.train, rows), training_.optimizer.learning_rate, phases);
    }
    return std::isfinite(engine.take_totals().loss);
  }

  /// A probability that is NaN counts as wrong.
  double test(Engine& engine) const {
    constexpr std::size_t kReviewsAtOnce = 256;
    std::vector<float> positive(data_.test.reviews());
    for (std::size_t first = 0; first < positive.size(); first += kReviewsAtOnce) {
      if (services_.stop.stop_requested()) throw Interrupted();
      const std::size_t count = std::min(kReviewsAtOnce, positive.size() - first);
      engine.predict(data_.rows(data_.test, first, count), std::span(positive).subspan(first, count));
    }
    engine.synchronize();
    int right = 0;
    for (std::size_t i = 0; i < positive.size(); ++i) {
      const bool says_positive = positive[i] >= 0.5F;
      right += !std::isnan(positive[i]) && says_positive == (data_.test.labels[i] == 1) ? 1 : 0;
    }
    return right / static_cast<double>(positive.size());
  }

  const TrainingSpec& training_;
  int epochs_;
  const EncodedData& data_;
  const ParityServices& services_;
  BatchBuffer buffer_;
};

double share_of_larger_label(const EncodedPart& part) {
  const auto positive = static_cast<double>(std::count(part.labels.begin(), part.labels.end(), 1));
  const double share = positive / static_cast<double>(part.reviews());
  return std::max(share, 1 - share);
}

void judge(ParitySeeds& result) {
  std::vector<double> reference, candidate;
  for (const SeedAccuracies& one : result.accuracies) {
    reference.push_back(100 * one.reference);
    candidate.push_back(100 * one.candidate);
  }
  const auto test = paired_equivalence(reference, candidate, result.margin);
  if (!test) throw ConfigError("a test of equivalence needs two seeds or more");
  result.difference = test->difference;
  result.low = test->low;
  result.high = test->high;
  result.deviation = test->standard_error * std::sqrt(test->n);
  result.p = test->p;
  result.verdict = verdict_of(*test);
  result.seeds_needed = pairs_for_equivalence(result.deviation, result.margin);
}

}  // namespace

ParitySeeds check_seeds(const ParityRequest& request, const SeedsRequest& seeds, const EncodedData& data,
                        const ParityServices& services) {
  ParitySeeds result;
  result.train_reviews = static_cast<int>(data.train.reviews());
  result.test_reviews = static_cast<int>(data.test.reviews());
  result.epochs = seeds.epochs;
  result.chance = share_of_larger_label(data.test);
  result.margin = seeds.margin;
  QuickTraining training(request.training, seeds.epochs, data, services);
  for (const std::uint64_t seed : seeds.seeds) {
    ParityRequest with_seed = request;
    with_seed.seed = seed;
    EnginePair pair(with_seed, request.training, data.vocabulary, data.time, request.precision,
                    services.make_engine);
    pair.set_state(starting_parameters(with_seed, data.vocabulary));
    const std::uint64_t order = run_seeds(seed).order;
    const auto doing = [&](const ParityEngine& engine) {
      return fmt::format("seed {} ({} of {}), {}", seed, result.accuracies.size() + 1, seeds.seeds.size(),
                         engine.name);
    };
    const double reference = training.accuracy_of(pair.reference(), order, doing(request.reference));
    const double candidate = training.accuracy_of(pair.candidate(), order, doing(request.candidate));
    result.accuracies.push_back({seed, reference, candidate});
  }
  judge(result);
  return result;
}

}  // namespace rnnbench
