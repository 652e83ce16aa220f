#pragma once

#include <fmt/format.h>

#include <new>
#include <string>
#include <utility>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"
#include "harness/model/batch_check.hpp"
#include "harness/model/engine.hpp"
#include "impls/eigen/clipping.hpp"
#include "impls/eigen/engine_state.hpp"
#include "impls/eigen/loss.hpp"

namespace rnnbench::eigen {

/// What engines on the host share: the checks of a batch, steps and their totals, state and memory that runs
/// out. `Network` gives weights(), gradient_norm, activations and predict as the plain one.
template <typename Scalar, typename Network>
class HostEngine : public Engine {
 public:
  Parameters state() const override {
    settle();
    return export_state(network_.weights(), optimizer_);
  }

  void set_state(const Parameters& state) override {
    settle();
    import_state(state, network_.weights(), optimizer_);
    weights_changed();
  }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    in_memory([&] { train_on(batch, learning_rate, phases); });
  }

  StepTotals take_totals() override { return std::exchange(totals_, {}); }

  void predict(const Batch& batch, std::span<float> positive) override {
    prepare(batch);
    if (positive.size() != static_cast<std::size_t>(batch.reviews)) {
      throw EngineError(fmt::format("{} engine: room for {} probabilities of {} reviews", name_,
                                    positive.size(), batch.reviews));
    }
    in_memory([&] {
      settle();
      network_.predict(batch, positive);
    });
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    prepare(batch);
    BatchLoss loss;
    NullPhaseClock phases;
    in_memory([&] { loss = gradients_of(batch, draw, phases); });
    return {loss.mean, export_gradients(network_.weights())};
  }

  Parameters activations(const Batch& batch) override {
    prepare(batch);
    Parameters outputs;
    in_memory([&] {
      settle();
      outputs = network_.activations(batch);
    });
    return outputs;
  }

  void synchronize() override {}

 protected:
  /// Network and optimiser state are the derived class's and need not be made yet.
  HostEngine(const char* name, const EngineSetup& setup, Network& network, Optimizer<Scalar>& optimizer)
      : name_(name),
        vocabulary_(setup.vocabulary),
        clip_norm_(setup.training.clip_norm),
        dropout_seed_(setup.dropout_seed),
        network_(network),
        optimizer_(optimizer) {}

  /// The weights that the optimiser's l2 and decay don't act on.
  static WeightRange spared(const ModelSpec& model, const Network& network) {
    return model.embedding.l2 ? WeightRange{} : network.weights().range("embedding.weight");
  }

  void prepare(const Batch& batch) const {
    flush_denormals();
    check_batch(batch, vocabulary_, name_);
  }

 private:
  /// Sets the gradients of the mean loss, which it returns; tells of forward and backward.
  virtual BatchLoss gradients_of(const Batch& batch, const std::optional<DropoutDraw>& draw,
                                 PhaseClock& phases) = 0;
  /// One optimiser step; gradients are multiplied by `scale` first.
  virtual void move_weights(double learning_rate, double scale) = 0;
  virtual void weights_changed() {}
  /// Does what the optimiser put off, before the weights are looked at or replaced.
  virtual void settle() const {}

  void train_on(const Batch& batch, double learning_rate, PhaseClock& phases) {
    prepare(batch);
    const BatchLoss loss = gradients_of(batch, next_draw(), phases);
    const double norm = network_.gradient_norm();
    move_weights(learning_rate, clipping_scale(norm, clip_norm_));
    weights_changed();
    phases.finished(Phase::kOptimizer);
    add_to_totals(loss, norm, batch.reviews);
  }

  /// What a batch needs is allocated when a larger one than before comes.
  template <typename Action>
  void in_memory(const Action& action) const {
    try {
      action();
    } catch (const std::bad_alloc&) {
      throw EngineError(
          fmt::format("{} engine: not enough memory for this batch; make training.batch smaller", name_));
    }
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

  const char* name_;
  int vocabulary_;
  double clip_norm_;
  std::uint64_t dropout_seed_;
  Network& network_;
  Optimizer<Scalar>& optimizer_;
  StepTotals totals_;
};

/// What a module's rnnbench_make_engine does around `make`, which returns the new engine: refuses what the
/// engine can't run, and says what memory was not enough for.
template <typename Make>
Engine* make_host_engine(const char* name, const EngineSetup& setup, const std::string& obstacle,
                         const Make& make) {
  if (!obstacle.empty()) throw EngineError(obstacle);
  if (setup.vocabulary < 1) throw EngineError(fmt::format("{} engine: the vocabulary is empty", name));
  try {
    return make();
  } catch (const std::bad_alloc&) {
    throw EngineError(fmt::format("{} engine: not enough memory for {} weights", name,
                                  parameter_count(setup.model, setup.vocabulary)));
  }
}

}  // namespace rnnbench::eigen
