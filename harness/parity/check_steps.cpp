#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/parity/check_parity.hpp"
#include "harness/parity/gradient_check.hpp"
#include "harness/parity/optimizer_cases.hpp"
#include "harness/parity/owned_batch.hpp"

namespace rnnbench {
namespace {

constexpr int kPoints = 5;
constexpr int kStepReviews = 7;
constexpr int kStepTime = 32;

/// The training batches of a run, epoch after epoch.
class TrainingBatches {
 public:
  TrainingBatches(const EncodedData& data, int batch, std::uint64_t order_seed)
      : data_(data), size_(static_cast<std::size_t>(batch)), order_seed_(order_seed) {}

  OwnedBatch next() {
    const std::size_t size = std::min(size_, data_.train.reviews());
    if (order_.size() - first_ < size) {
      order_ = epoch_order(data_.train.reviews(), order_seed_, ++epoch_);
      first_ = 0;
    }
    const auto rows = std::span(order_).subspan(first_, size);
    first_ += size;
    return copy_of(buffer_.gather(data_, data_.train, rows));
  }

 private:
  const EncodedData& data_;
  std::size_t size_;
  std::uint64_t order_seed_;
  int epoch_ = 0;
  std::size_t first_ = 0;
  std::vector<std::uint32_t> order_;
  BatchBuffer buffer_;
};

std::uint64_t steps_taken(const Parameters& state) {
  const auto step = state.find("optimizer.step");
  return step == state.end() ? 0 : static_cast<std::uint64_t>(step->second.values.at(0));
}

}  // namespace

void check_optimizer_steps(const ParityRequest& request, const EncodedData& data,
                           const ParityServices& services, ParityFindings& findings) {
  TrainingBatches batches(data, kStepReviews, run_seeds(request.seed).order);
  const SmallVocabulary small = small_vocabulary(shortened(batches.next(), kStepTime), data.vocabulary);
  const Parameters start = small.rows_of(starting_parameters(request, data.vocabulary));
  for (const auto& [name, training] : optimizer_cases(request.training.threads)) {
    services.progress(name);
    EnginePair pair(request, training, small.size(), small.batch.time, Precision::kDouble,
                    services.make_engine);
    Parameters state = start;
    for (int step = 1; step <= 2; ++step) {
      if (services.stop.stop_requested()) throw Interrupted();
      pair.set_state(state);
      findings.begin(kOptimizerSteps, fmt::format("{}, step {}", name, step), Precision::kDouble);
      pair.compare_step(state, small.batch.view(), training.optimizer.learning_rate, findings);
      state = pair.reference().state();
    }
  }
}

void check_training_points(EnginePair& pair, const ParityRequest& request, const EncodedData& data,
                           const ParityServices& services, ParityFindings& findings) {
  const RunSeeds seeds = run_seeds(request.seed);
  const double rate = request.training.optimizer.learning_rate;
  TrainingBatches batches(data, request.batch, seeds.order);
  NullPhaseClock phases;
  pair.reference().set_state(starting_parameters(request, data.vocabulary));
  for (int point = 1; point <= kPoints; ++point) {
    for (int step = 0; step < request.stride; ++step) {
      if (services.stop.stop_requested()) throw Interrupted();
      services.progress(fmt::format("training, point {} of {}, step {}", point, kPoints, step + 1));
      pair.reference().train_step(batches.next().view(), rate, phases);
    }
    const Parameters state = pair.reference().state();
    const std::uint64_t steps = steps_taken(state);
    const std::string name = fmt::format("after {} steps", steps);
    services.progress("training, " + name);
    pair.candidate().set_state(state);
    const OwnedBatch batch = batches.next();
    findings.begin(kPointsOfTraining, name, pair.precision());
    check_gradients(pair, request, batch, data.vocabulary, DropoutDraw{seeds.dropout, steps}, services,
                    findings);
    pair.compare_step_loss(batch.view(), rate, findings);

    const SmallVocabulary small = small_vocabulary(first_reviews(batch, kStepReviews), data.vocabulary);
    EnginePair exact(request, request.training, small.size(), small.batch.time, Precision::kDouble,
                     services.make_engine);
    const Parameters rows = small.rows_of(state);
    exact.set_state(rows);
    findings.begin(kPointsOfTraining, name + ", whole step", Precision::kDouble);
    exact.compare_step(rows, small.batch.view(), rate, findings);
  }
}

}  // namespace rnnbench
