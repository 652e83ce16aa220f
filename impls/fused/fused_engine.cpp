#include <fmt/format.h>
#include <sched.h>

#include <new>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"
#include "harness/model/batch_check.hpp"
#include "harness/model/engine.hpp"
#include "impls/eigen/clipping.hpp"
#include "impls/eigen/engine_state.hpp"
#include "impls/fused/network.hpp"
#include "impls/fused/optimizer.hpp"
#include "impls/fused/support.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench::fused {

constexpr Precision kPrecision = sizeof(Real) == sizeof(float) ? Precision::kSingle : Precision::kDouble;

namespace {

/// `asked`, or as many as the processors that this process may use.
int thread_count(int asked) {
  if (asked > 0) return asked;
  cpu_set_t processors;
  CPU_ZERO(&processors);
  if (::sched_getaffinity(0, sizeof(processors), &processors) != 0) return 1;
  return std::max(CPU_COUNT(&processors), 1);
}

class FusedEngine final : public Engine {
 public:
  explicit FusedEngine(const EngineSetup& setup)
      : vocabulary_(setup.vocabulary),
        clip_norm_(setup.training.clip_norm),
        dropout_seed_(setup.dropout_seed),
        threads_(thread_count(setup.training.threads)),
        network_(setup.model, setup.vocabulary, threads_),
        optimizer_(setup.training.optimizer, network_.weights().gradients().size(), spared(setup.model),
                   threads_) {}

  Parameters state() const override { return eigen::export_state(network_.weights(), optimizer_.state()); }

  void set_state(const Parameters& state) override {
    eigen::import_state(state, network_.weights(), optimizer_.state());
    network_.weights_changed();
  }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    in_memory([&] { train_on(batch, learning_rate, phases); });
  }

  StepTotals take_totals() override { return std::exchange(totals_, {}); }

  void predict(const Batch& batch, std::span<float> positive) override {
    prepare(batch);
    if (positive.size() != static_cast<std::size_t>(batch.reviews)) {
      throw EngineError(fmt::format("fused engine: room for {} probabilities of {} reviews", positive.size(),
                                    batch.reviews));
    }
    in_memory([&] { network_.predict(batch, positive); });
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    prepare(batch);
    eigen::BatchLoss loss;
    in_memory([&] {
      loss = network_.forward(batch, draw);
      network_.backward(batch);
    });
    return {loss.mean, eigen::export_gradients(network_.weights())};
  }

  Parameters activations(const Batch& batch) override {
    prepare(batch);
    Parameters outputs;
    in_memory([&] { outputs = network_.activations(batch); });
    return outputs;
  }

  void synchronize() override {}

  std::string describe() const override {
    return Json{{"instructions", kernels().target},
                {"precision", name_of(kPrecision)},
                {"dropout", "shared masks"},
                {"threads", threads_.threads()}}
        .dump();
  }

 private:
  eigen::WeightRange spared(const ModelSpec& model) const {
    return model.embedding.l2 ? eigen::WeightRange{} : network_.weights().range("embedding.weight");
  }

  void train_on(const Batch& batch, double learning_rate, PhaseClock& phases) {
    prepare(batch);
    const eigen::BatchLoss loss = network_.forward(batch, next_draw());
    phases.finished(Phase::kForward);
    network_.backward(batch);
    phases.finished(Phase::kBackward);
    const double norm = network_.gradient_norm();
    optimizer_.step(network_.weights(), learning_rate, eigen::clipping_scale(norm, clip_norm_));
    network_.weights_changed();
    phases.finished(Phase::kOptimizer);
    totals_.loss += loss.mean;
    totals_.gradient_norm += norm;
    totals_.correct += loss.correct;
    totals_.clipped += clip_norm_ > 0 && norm > clip_norm_ ? 1 : 0;
    totals_.reviews += batch.reviews;
    totals_.steps += 1;
  }

  /// What a batch needs is allocated when a larger one than before comes.
  template <typename Action>
  static void in_memory(const Action& action) {
    try {
      action();
    } catch (const std::bad_alloc&) {
      throw EngineError("fused engine: not enough memory for this batch; make training.batch smaller");
    }
  }

  void prepare(const Batch& batch) const {
    flush_denormals();
    check_batch(batch, vocabulary_, "fused");
  }

  DropoutDraw next_draw() const {
    return {dropout_seed_, static_cast<std::uint64_t>(optimizer_.state().steps())};
  }

  int vocabulary_;
  double clip_norm_;
  std::uint64_t dropout_seed_;
  ThreadPool threads_;
  Network network_;
  Optimizer optimizer_;
  StepTotals totals_;
};

}  // namespace
}  // namespace rnnbench::fused

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  using rnnbench::EngineError;
  const std::string obstacle = rnnbench::fused_obstacle(setup.model, setup.training, setup.device);
  if (!obstacle.empty()) throw EngineError(obstacle);
  if (setup.precision != rnnbench::fused::kPrecision) {
    throw EngineError(
        fmt::format("this module of the fused engine computes in {}", name_of(rnnbench::fused::kPrecision)));
  }
  if (setup.vocabulary < 1) throw EngineError("fused engine: the vocabulary is empty");
  try {
    return new rnnbench::fused::FusedEngine(setup);
  } catch (const std::bad_alloc&) {
    throw EngineError(fmt::format("fused engine: not enough memory for {} weights",
                                  rnnbench::parameter_count(setup.model, setup.vocabulary)));
  }
}
