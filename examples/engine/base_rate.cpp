// An engine that learns how many reviews are positive and says that of each, whatever is in it: the least
// that another one has to beat, and the least that an engine is. It trains the bias of a sigmoid head by
// gradient descent and keeps the other weights as they are.
#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"
#include "harness/model/batch_check.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench {
namespace {

class BaseRateEngine final : public Engine {
 public:
  explicit BaseRateEngine(const EngineSetup& setup)
      : shapes_(parameter_shapes(setup.model, setup.vocabulary)), vocabulary_(setup.vocabulary) {}

  Parameters state() const override { return weights_; }

  void set_state(const Parameters& state) override {
    for (const auto& [name, shape] : shapes_) {
      const auto found = state.find(name);
      if (found == state.end()) throw EngineError("base-rate engine: the weights lack " + name);
      if (found->second.shape != shape) throw EngineError("base-rate engine: " + name + " has another shape");
    }
    if (state.size() != shapes_.size()) throw EngineError("base-rate engine: there are unknown weights");
    weights_ = state;
  }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    check_batch(batch, vocabulary_, "base-rate");
    const BatchResult result = on(batch);
    phases.finished(Phase::kForward);
    phases.finished(Phase::kBackward);
    bias() -= learning_rate * result.gradient;
    phases.finished(Phase::kOptimizer);
    totals_.loss += result.loss;
    totals_.gradient_norm += std::abs(result.gradient);
    totals_.correct += result.correct;
    totals_.reviews += batch.reviews;
    totals_.steps += 1;
  }

  StepTotals take_totals() override { return std::exchange(totals_, {}); }

  void predict(const Batch& /*batch*/, std::span<float> positive) override {
    std::fill(positive.begin(), positive.end(), static_cast<float>(rate()));
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& /*draw*/) override {
    check_batch(batch, vocabulary_, "base-rate");
    const BatchResult result = on(batch);
    LossAndGradients all{result.loss, {}};
    for (const auto& [name, shape] : shapes_) {
      all.gradients[name] = {shape, std::vector<double>(static_cast<std::size_t>(element_count(shape)))};
    }
    all.gradients.at("head.bias").values[0] = result.gradient;
    return all;
  }

  Parameters activations(const Batch& /*batch*/) override { return {}; }  // it has no layers
  void synchronize() override {}                                          // all is done on return
  std::string describe() const override { return R"({"name": "base-rate", "threads": 1})"; }

 private:
  struct BatchResult {
    double loss = 0;      ///< mean, nats
    double gradient = 0;  ///< of the mean loss by the bias
    std::int64_t correct = 0;
  };

  double& bias() { return weights_.at("head.bias").values.at(0); }
  double rate() { return 1 / (1 + std::exp(-bias())); }

  BatchResult on(const Batch& batch) {
    flush_denormals();
    const double p = rate();
    BatchResult result;
    for (const std::uint8_t label : batch.labels) {
      result.loss -= std::log(label == 1 ? p : 1 - p) / batch.reviews;
      result.gradient += (p - label) / batch.reviews;
      result.correct += (p >= 0.5) == (label == 1) ? 1 : 0;
    }
    return result;
  }

  std::map<std::string, std::vector<std::int64_t>> shapes_;
  int vocabulary_;
  Parameters weights_;
  StepTotals totals_;
};

}  // namespace
}  // namespace rnnbench

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  const rnnbench::OptimizerSpec& optimizer = setup.training.optimizer;
  if (setup.model.head != rnnbench::Head::kSigmoid || optimizer.kind != rnnbench::OptimizerKind::kSgd ||
      optimizer.momentum != 0 || optimizer.l2 != 0) {
    throw rnnbench::EngineError("base-rate engine: needs a sigmoid head and sgd without momentum and l2");
  }
  return new rnnbench::BaseRateEngine(setup);
}
