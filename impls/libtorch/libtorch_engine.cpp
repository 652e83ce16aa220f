#include "impls/libtorch/libtorch_engine.hpp"

#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/model/batch_check.hpp"
#include "impls/libtorch/description.hpp"
#include "impls/libtorch/device.hpp"
#include "impls/libtorch/device_event.hpp"
#include "impls/libtorch/dropout.hpp"
#include "impls/libtorch/gradient_norm.hpp"
#include "impls/libtorch/head.hpp"
#include "impls/libtorch/network.hpp"
#include "impls/libtorch/optimizer.hpp"
#include "impls/libtorch/pending_predictions.hpp"
#include "impls/libtorch/phase_events.hpp"
#include "impls/libtorch/resident_parts.hpp"
#include "impls/libtorch/state_check.hpp"
#include "impls/libtorch/support.hpp"
#include "impls/libtorch/translate_errors.hpp"

namespace rnnbench {
namespace {

NamedTensors trained(const NamedTensors& weights) {
  NamedTensors chosen;
  for (const auto& [name, weight] : weights) {
    if (weight.requires_grad()) chosen.emplace(name, weight);
  }
  return chosen;
}

at::ScalarType element_type(Precision precision) {
  return precision == Precision::kDouble ? at::kDouble : at::kFloat;
}

Shapes shapes_of(const NamedTensors& tensors) {
  Shapes shapes;
  for (const auto& [name, tensor] : tensors) shapes.emplace(name, tensor.sizes().vec());
  return shapes;
}

std::vector<at::Tensor> gradients_of(const NamedTensors& weights) {
  std::vector<at::Tensor> gradients;
  for (const auto& [name, weight] : weights) gradients.push_back(weight.grad());
  return gradients;
}

/// StepTotals on the device, read only when they are asked for.
struct DeviceTotals {
  explicit DeviceTotals(at::Device device)
      : loss(at::zeros({}, at::TensorOptions(device).dtype(at::kDouble))),
        gradient_norm(at::zeros({}, at::TensorOptions(device).dtype(at::kDouble))),
        correct(at::zeros({}, at::TensorOptions(device).dtype(at::kLong))),
        clipped(at::zeros({}, at::TensorOptions(device).dtype(at::kLong))) {}

  at::Tensor loss, gradient_norm, correct, clipped;
  std::int64_t reviews = 0;
  std::int64_t steps = 0;
};

class LibtorchEngine final : public Engine {
 public:
  explicit LibtorchEngine(const EngineSetup& setup)
      : setup_(setup),
        device_(prepared_device(setup)),
        resident_(device_),
        network_(setup.model, setup.vocabulary,
                 at::TensorOptions(device_).dtype(element_type(setup.precision))),
        trained_(trained(network_.weights())),
        optimizer_(setup.training.optimizer, trained_, setup.model.embedding.l2),
        dropout_stream_(device_, setup.dropout_seed),
        totals_(device_) {
    if (device_.is_cuda()) events_.emplace(device_);
  }

  Parameters state() const override {
    return computed([&] {
      Parameters state;
      for (const auto& [name, weight] : network_.weights()) state.emplace(name, to_host(weight));
      optimizer_.add_state_to(state);
      return state;
    });
  }

  void set_state(const Parameters& state) override {
    computed([&] {
      check_state(state, shapes_of(network_.weights()), optimizer_.state_shapes());
      for (const auto& [name, weight] : network_.weights()) copy_from_host(state.at(name), weight);
      optimizer_.take_state(state);
    });
  }

  std::string random_state() const override {
    return computed([&] { return dropout_stream_.position(); });
  }

  void set_random_state(const std::string& state) override {
    computed([&] { dropout_stream_.set_position(state); });
  }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    computed([&] {
      const DropoutStream::Scope scope(dropout_stream_);
      if (events_) events_->begin_step();
      const DeviceBatch inputs = on_device(batch);
      const at::Tensor logits = network_.logits(inputs, training_dropout());
      const at::Tensor loss = mean_cross_entropy(head(), logits, inputs.labels);
      finish(Phase::kForward, phases);

      optimizer_.clear_gradients();
      loss.backward();
      finish(Phase::kBackward, phases);

      const at::NoGradGuard no_grad;
      const std::vector<at::Tensor> gradients = gradients_of(trained_);
      const at::Tensor norm = global_norm(gradients);
      if (setup_.training.clip_norm > 0) clip_to_norm(gradients, norm, setup_.training.clip_norm);
      optimizer_.step(learning_rate);
      add_to_totals(inputs, logits, loss, norm);
      finish(Phase::kOptimizer, phases);
    });
  }

  StepTotals take_totals() override {
    return computed([&] {
      const DeviceTotals taken = std::exchange(totals_, DeviceTotals(device_));
      return StepTotals{.loss = taken.loss.item<double>(),
                        .gradient_norm = taken.gradient_norm.item<double>(),
                        .correct = taken.correct.item<std::int64_t>(),
                        .clipped = taken.clipped.item<std::int64_t>(),
                        .reviews = taken.reviews,
                        .steps = taken.steps};
    });
  }

  void predict(const Batch& batch, std::span<float> positive) override {
    computed([&] {
      const c10::InferenceMode inference;
      const DeviceBatch inputs = on_device(batch);
      if (positive.size() != batch.labels.size()) {
        throw EngineError(fmt::format("libtorch engine: room for {} probabilities of {} reviews",
                                      positive.size(), batch.labels.size()));
      }
      predictions_.add(positive_probability(head(), network_.logits(inputs, Dropout::none())), positive);
      if (!device_.is_cuda()) predictions_.write();
    });
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    return computed([&] {
      const DeviceBatch inputs = on_device(batch);
      const at::Tensor loss = mean_cross_entropy(
          head(), network_.logits(inputs, draw ? Dropout::shared(*draw) : Dropout::none()), inputs.labels);
      optimizer_.clear_gradients();
      loss.backward();
      LossAndGradients result{loss.item<double>(), {}};
      for (const auto& [name, weight] : trained_) result.gradients.emplace(name, to_host(weight.grad()));
      return result;
    });
  }

  Parameters activations(const Batch& batch) override {
    return computed([&] {
      const c10::InferenceMode inference;
      Parameters outputs;
      network_.logits(
          on_device(batch), Dropout::none(),
          [&](const std::string& name, const at::Tensor& values) { outputs.emplace(name, to_host(values)); });
      return outputs;
    });
  }

  void synchronize() override {
    computed([&] {
      predictions_.write();
      synchronize_device(device_);
    });
  }

  DeviceUse take_device_use() override {
    return computed([&] {
      DeviceUse use;
      if (!events_) return use;
      synchronize_device(device_);
      events_->take(use);
      use.memory_peak = memory_peak(device_);
      return use;
    });
  }

  std::string describe() const override {
    return computed([&] {
      nlohmann::json description = describe_libtorch(device_);
      description["precision"] = name_of(setup_.precision);
      description["dropout"] = setup_.shared_masks ? "shared masks" : "libtorch";
      description["layers"] = network_.layer_paths();
      return description.dump();
    });
  }

 private:
  static at::Device prepared_device(const EngineSetup& setup) {
    use_threads(setup.training.threads);  // first: the threads that LibTorch starts inherit it
    const at::Device device = open_device(setup.device);
    reset_memory_peak(device);
    return device;
  }

  template <class Work>
  std::invoke_result_t<Work&> computed(Work&& work) const {
    return with_translated_errors([&] {
      use_threads(setup_.training.threads);
      if (device_.is_cuda()) use_gpu_settings(setup_.training);
      return work();
    });
  }

  /// On a GPU an id outside of the embedding would end the process's use of the device.
  DeviceBatch on_device(const Batch& batch) {
    check_batch(batch, setup_.vocabulary, "libtorch");
    const bool resident = device_.is_cuda() && batch.origin.part != nullptr;
    return resident ? resident_.batch(batch) : to_device(batch, device_);
  }

  void finish(Phase phase, PhaseClock& phases) {
    if (events_) {
      events_->phase_finished();
    } else {
      phases.finished(phase);
    }
  }

  void add_to_totals(const DeviceBatch& inputs, const at::Tensor& logits, const at::Tensor& loss,
                     const at::Tensor& norm) {
    totals_.loss.add_(loss);
    totals_.gradient_norm.add_(norm);
    totals_.correct.add_(correct_reviews(head(), logits, inputs.labels));
    const double limit = setup_.training.clip_norm;
    if (limit > 0) totals_.clipped.add_(norm.gt(limit));
    totals_.reviews += inputs.labels.size(0);
    ++totals_.steps;
  }

  Dropout training_dropout() const {
    if (!setup_.shared_masks) return Dropout::own();
    return Dropout::shared({setup_.dropout_seed, static_cast<std::uint64_t>(optimizer_.steps())});
  }

  Head head() const { return setup_.model.head; }

  EngineSetup setup_;
  at::Device device_;
  ResidentParts resident_;
  Network network_;
  NamedTensors trained_;
  Optimizer optimizer_;
  DropoutStream dropout_stream_;
  DeviceTotals totals_;
  std::optional<PhaseEvents<DeviceEvent, at::Device>>
      events_;  ///< where the device works while the host goes on
  PendingPredictions predictions_;
};

}  // namespace

std::unique_ptr<Engine> make_libtorch_engine(const EngineSetup& setup) {
  const std::string obstacle = libtorch_obstacle(setup.model, setup.training, setup.device);
  if (!obstacle.empty()) throw EngineError(obstacle);
  return with_translated_errors([&] { return std::make_unique<LibtorchEngine>(setup); });
}

}  // namespace rnnbench
