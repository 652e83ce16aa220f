#include "tests/harness/parity/defective_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace rnnbench {
namespace {

class DefectiveEngine final : public Engine {
 public:
  DefectiveEngine(const EngineSetup& setup, Defect defect) : setup_(setup), defect_(defect) {}

  Parameters state() const override {
    Parameters all = weights_;
    all["optimizer.step"] = {{1}, {static_cast<double>(steps_)}};
    for (const auto& [name, tensor] : momentum_) all["optimizer.m/" + name] = tensor;
    return all;
  }

  void set_state(const Parameters& state) override {
    weights_.clear();
    momentum_.clear();
    steps_ = 0;
    for (const auto& [name, tensor] : state) {
      if (name == "optimizer.step") {
        steps_ = static_cast<std::uint64_t>(tensor.values[0]);
      } else if (name.starts_with("optimizer.m/")) {
        momentum_[name.substr(12)] = tensor;
      } else {
        weights_[name] = tensor;
      }
    }
  }

  void train_step(const Batch& batch, double learning_rate, PhaseClock& /*phases*/) override {
    const std::uint64_t draw = steps_ + (defect_ == Defect::kOtherMasksInSteps ? 1 : 0);
    LossAndGradients all = gradients(batch, DropoutDraw{setup_.dropout_seed, draw});
    totals_.loss += all.loss;
    const OptimizerSpec& optimizer = setup_.training.optimizer;
    const double shrink = defect_ == Defect::kForgetsDecay ? 0 : optimizer.l2 + optimizer.decay;
    const double momentum = defect_ == Defect::kForgetsMomentum ? 0 : optimizer.momentum;
    const double scale = clipping_scale(all.gradients);
    const double direction = defect_ == Defect::kStepsUphill ? -1 : 1;
    for (auto& [name, weight] : weights_) {
      const auto gradient = all.gradients.find(name);
      Tensor& moved = momentum_.try_emplace(name, Tensor{weight.shape, {}}).first->second;
      moved.values.resize(weight.values.size());
      for (std::size_t i = 0; i < weight.values.size(); ++i) {
        const double g = gradient == all.gradients.end() ? 0 : scale * gradient->second.values[i];
        moved.values[i] = momentum * moved.values[i] + g + shrink * weight.values[i];
        weight.values[i] -= direction * learning_rate * moved.values[i];
      }
    }
    ++steps_;
  }

  StepTotals take_totals() override { return std::exchange(totals_, {}); }

  void predict(const Batch& batch, std::span<float> positive) override {
    for (std::size_t r = 0; r < positive.size(); ++r) {
      positive[r] = static_cast<float>(probability(features(batch, r)));
    }
    if (defect_ == Defect::kWrongProbability) positive.back() += 1e-4F;
  }

  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    LossAndGradients all = exact_gradients(batch, draw);
    damage(all, batch);
    return all;
  }

  Parameters activations(const Batch& /*batch*/) override { return {}; }
  void synchronize() override {}
  std::string describe() const override { return R"({"name": "defective"})"; }

 private:
  std::size_t size() const { return static_cast<std::size_t>(setup_.model.embedding.size); }

  /// [reviews, size]
  std::vector<double> mask(const Batch& batch, std::optional<DropoutDraw> draw) const {
    std::vector<double> mask(batch.labels.size() * size(), 1.0);
    if (!draw || !setup_.shared_masks) return mask;
    if (defect_ == Defect::kOtherMasks) ++draw->step;
    fill_dropout_mask(0.5, dropout_site(DropoutKind::kPooled, 0), *draw, std::span(mask));
    return mask;
  }

  /// The mean of a review's vectors, [size].
  std::vector<double> features(const Batch& batch, std::size_t review) const {
    const auto time = static_cast<std::size_t>(batch.time);
    std::vector<double> mean(size(), 0.0);
    for (std::size_t t = 0; t < time; ++t) {
      const auto id = static_cast<std::size_t>(batch.ids[review * time + t]);
      for (std::size_t i = 0; i < size(); ++i) {
        mean[i] += weights_.at("embedding.weight").values[id * size() + i] / static_cast<double>(time);
      }
    }
    return mean;
  }

  double probability(const std::vector<double>& x) const {
    const std::vector<double>& kernel = weights_.at("head.kernel").values;
    const std::vector<double>& bias = weights_.at("head.bias").values;
    double logit = bias[1] - bias[0];
    for (std::size_t i = 0; i < size(); ++i) logit += (kernel[size() + i] - kernel[i]) * x[i];
    return 1 / (1 + std::exp(-logit));
  }

  LossAndGradients exact_gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) const {
    LossAndGradients all;
    for (const auto& [name, weight] : weights_) {
      all.gradients[name] = {weight.shape, std::vector<double>(weight.values.size())};
    }
    const std::vector<double> masks = mask(batch, draw);
    const std::vector<double>& kernel = weights_.at("head.kernel").values;
    std::vector<double>& of_kernel = all.gradients["head.kernel"].values;
    std::vector<double>& of_bias = all.gradients["head.bias"].values;
    std::vector<double>& of_words = all.gradients["embedding.weight"].values;
    const auto reviews = static_cast<double>(batch.labels.size());
    const auto time = static_cast<std::size_t>(batch.time);
    for (std::size_t r = 0; r < batch.labels.size(); ++r) {
      std::vector<double> x = features(batch, r);
      for (std::size_t i = 0; i < size(); ++i) x[i] *= masks[r * size() + i];
      const double p = probability(x);
      all.loss -= std::log(batch.labels[r] == 1 ? p : 1 - p) / reviews;
      const double of_logit = (p - batch.labels[r]) / reviews;
      of_bias[1] += of_logit;
      of_bias[0] -= of_logit;
      for (std::size_t i = 0; i < size(); ++i) {
        of_kernel[size() + i] += of_logit * x[i];
        of_kernel[i] -= of_logit * x[i];
        const double of_x = of_logit * (kernel[size() + i] - kernel[i]) * masks[r * size() + i];
        for (std::size_t t = 0; t < time; ++t) {
          const auto id = static_cast<std::size_t>(batch.ids[r * time + t]);
          of_words[id * size() + i] += of_x / static_cast<double>(time);
        }
      }
    }
    return all;
  }

  void damage(LossAndGradients& all, const Batch& batch) const {
    std::vector<double>& kernel = all.gradients["head.kernel"].values;
    const bool trained = defect_ == Defect::kDriftsWithTraining && steps_ > 0;
    const bool tie = defect_ == Defect::kTieInSingle && setup_.precision == Precision::kSingle;
    if (defect_ == Defect::kWrongGradient || trained || tie) {
      kernel[0] += 3e-4 * std::abs(*std::max_element(kernel.begin(), kernel.end()));
    }
    const bool no_word =
        std::all_of(batch.lengths.begin(), batch.lengths.end(), [](int l) { return l == 0; });
    if (defect_ == Defect::kNanGradient || (defect_ == Defect::kFailsOnAllPadding && no_word)) {
      all.gradients["embedding.weight"].values.back() = std::numeric_limits<double>::quiet_NaN();
    }
    if (defect_ == Defect::kMissingGradient) all.gradients.erase("head.bias");
    if (defect_ == Defect::kGradientWhereZero) all.gradients["layers.0.input_bias"].values[0] = 1e-30;
  }

  /// What the gradient is multiplied by.
  double clipping_scale(const Parameters& gradients) const {
    const double limit = defect_ == Defect::kForgetsClipping ? 0 : setup_.training.clip_norm;
    double squares = 0;
    for (const auto& [name, tensor] : gradients) {
      for (const double value : tensor.values) squares += value * value;
    }
    return limit > 0 && squares > limit * limit ? limit / std::sqrt(squares) : 1;
  }

  EngineSetup setup_;
  Defect defect_;
  Parameters weights_;
  Parameters momentum_;
  std::uint64_t steps_ = 0;
  StepTotals totals_;
};

}  // namespace

std::unique_ptr<Engine> make_defective_engine(const EngineSetup& setup, Defect defect) {
  return std::make_unique<DefectiveEngine>(setup, defect);
}

}  // namespace rnnbench
