#include <fmt/format.h>

#include <new>
#include <type_traits>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"
#include "harness/model/batch_check.hpp"
#include "harness/model/engine.hpp"
#include "impls/eigen/clipping.hpp"
#include "impls/eigen/engine_state.hpp"
#include "impls/eigen/network.hpp"
#include "impls/eigen/optimizer.hpp"
#include "impls/eigen/support.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench::eigen {
namespace {

/// Trains and runs a network on the calling thread.
template <typename Scalar>
class EigenEngine final : public Engine {
 public:
  explicit EigenEngine(const EngineSetup& setup)
      : vocabulary_(setup.vocabulary),
        clip_norm_(setup.training.clip_norm),
        dropout_seed_(setup.dropout_seed),
        network_(setup.model, setup.vocabulary),
        optimizer_(setup.training.optimizer, network_.weights().gradients().size(), spared(setup.model)) {}

  Parameters state() const override { return export_state(network_.weights(), optimizer_); }

  void set_state(const Parameters& state) override { import_state(state, network_.weights(), optimizer_); }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    in_memory([&] { train_on(batch, learning_rate, phases); });
  }

  StepTotals take_totals() override { return std::exchange(totals_, {}); }

  void predict(const Batch& batch, std::span<float> positive) override {
    prepare(batch);
    if (positive.size() != static_cast<std::size_t>(batch.reviews)) {
      throw EngineError(fmt::format("eigen engine: room for {} probabilities of {} reviews", positive.size(),
                                    batch.reviews));
    }
    in_memory([&] { network_.predict(batch, positive); });
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    prepare(batch);
    BatchLoss loss;
    in_memory([&] {
      loss = network_.forward(batch, draw);
      network_.backward(batch);
    });
    return {loss.mean, export_gradients(network_.weights())};
  }

  Parameters activations(const Batch& batch) override {
    prepare(batch);
    in_memory([&] { network_.forward(batch, std::nullopt); });
    return network_.activations(batch);
  }

  void synchronize() override {}

  std::string describe() const override {
    return Json{
        {"eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
        {"instructions", RNNBENCH_INSTRUCTIONS},
        {"precision", name_of(std::is_same_v<Scalar, float> ? Precision::kSingle : Precision::kDouble)},
        {"dropout", "shared masks"},
        {"threads", 1}}
        .dump();
  }

 private:
  WeightRange spared(const ModelSpec& model) const {
    return model.embedding.l2 ? WeightRange{} : network_.weights().range("embedding.weight");
  }

  void train_on(const Batch& batch, double learning_rate, PhaseClock& phases) {
    prepare(batch);
    const BatchLoss loss = network_.forward(batch, next_draw());
    phases.finished(Phase::kForward);
    network_.backward(batch);
    phases.finished(Phase::kBackward);
    const double norm = network_.gradient_norm();
    optimizer_.step(network_.weights().weights(), network_.weights().gradients(), learning_rate,
                    clipping_scale(norm, clip_norm_));
    phases.finished(Phase::kOptimizer);
    add_to_totals(loss, norm, batch.reviews);
  }

  /// What a batch needs is allocated when a larger one than before comes.
  template <typename Action>
  static void in_memory(const Action& action) {
    try {
      action();
    } catch (const std::bad_alloc&) {
      throw EngineError("eigen engine: not enough memory for this batch; make training.batch smaller");
    }
  }

  void prepare(const Batch& batch) const {
    flush_denormals();
    check_batch(batch, vocabulary_, "eigen");
  }

  DropoutDraw next_draw() const { return {dropout_seed_, static_cast<std::uint64_t>(optimizer_.steps())}; }

  void add_to_totals(const BatchLoss& loss, double norm, int reviews) {
    totals_.loss += loss.mean;
    totals_.gradient_norm += norm;
    totals_.correct += loss.correct;
    totals_.clipped += clip_norm_ > 0 && norm > clip_norm_ ? 1 : 0;
    totals_.reviews += reviews;
    totals_.steps += 1;
  }

  int vocabulary_;
  double clip_norm_;
  std::uint64_t dropout_seed_;
  Network<Scalar> network_;
  Optimizer<Scalar> optimizer_;
  StepTotals totals_;
};

}  // namespace
}  // namespace rnnbench::eigen

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  using rnnbench::EngineError;
  const std::string obstacle = rnnbench::eigen_obstacle(setup.model, setup.training, setup.device);
  if (!obstacle.empty()) throw EngineError(obstacle);
  if (setup.vocabulary < 1) throw EngineError("eigen engine: the vocabulary is empty");
  try {
    using rnnbench::eigen::EigenEngine;
    if (setup.precision == rnnbench::Precision::kDouble) return new EigenEngine<double>(setup);
    return new EigenEngine<float>(setup);
  } catch (const std::bad_alloc&) {
    throw EngineError(fmt::format("eigen engine: not enough memory for {} weights",
                                  rnnbench::parameter_count(setup.model, setup.vocabulary)));
  }
}
