#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/data/batch.hpp"
#include "impls/eigen/dense.hpp"
#include "impls/eigen/dropout.hpp"
#include "impls/eigen/embedding.hpp"
#include "impls/eigen/loss.hpp"
#include "impls/eigen/make_layer.hpp"
#include "impls/eigen/pooling.hpp"
#include "impls/eigen/walk.hpp"

namespace rnnbench::eigen {

/// A model spec made of layers: ids → embedding → recurrent layers → pooling → dense layers → logits, each
/// with its dropout, and the way back. Its batches must have been checked (see check_batch).
template <typename Scalar>
class Network {
 public:
  Network(const ModelSpec& spec, int vocabulary)
      : weights_(spec, vocabulary),
        embedding_(weights_, spec.embedding),
        masks_padding_(spec.embedding.mask_padding),
        spatial_dropout_(spec.embedding.spatial_dropout, dropout_site(DropoutKind::kSpatial, 0)),
        pool_(spec.pooling),
        pooled_dropout_(spec.dropout, dropout_site(DropoutKind::kPooled, 0)),
        head_(weights_, "head.", Activation::kNone),
        head_kind_(spec.head) {
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
      layers_.push_back({make_layer(weights_, spec.layers[i], i),
                         {spec.layers[i].output_dropout, dropout_site(DropoutKind::kLayerOutput, i)}});
    }
    for (std::size_t i = 0; i < spec.dense.size(); ++i) {
      const std::string prefix = "dense." + std::to_string(i) + ".";
      dense_.push_back({{weights_, prefix, spec.dense[i].activation},
                        {spec.dense[i].dropout, dropout_site(DropoutKind::kDense, i)}});
    }
  }

  WeightStore<Scalar>& weights() { return weights_; }
  const WeightStore<Scalar>& weights() const { return weights_; }

  /// The mean loss of a batch, keeping what `backward` needs; with dropout where there is a draw.
  BatchLoss forward(const Batch& batch, const Draw& draw) {
    begin(batch, draw);
    walk(batch, 0, batch.time, draw);
    logits_ = classify(draw);
    return loss_and_gradient<Scalar>(head_kind_, batch.labels, logits_);
  }

  /// Sets the gradients of the loss that the last `forward`, on this same batch, gave.
  void backward(const Batch& batch) {
    embedding_.clear_gradient();
    for (Layer& layer : layers_) layer.cell->begin_backward();
    const MatrixMap<Scalar> pooled_gradient = classify_backward();
    Walk{0, batch.time, /*homeward=*/true}.in_pieces(
        steps_at_once(batch), [&](const Walk& piece) { backward(batch, piece, pooled_gradient); });
  }

  /// The global L2 norm of the gradients.
  double gradient_norm() const {
    double sum = embedding_.squared_gradient_norm();
    for (const auto& [name, slot] : weights_.slots()) {
      if (name == "embedding.weight") continue;
      sum += static_cast<double>(weights_.gradients().segment(slot.offset, slot.size).square().sum());
    }
    return std::sqrt(sum);
  }

  /// As Engine::activations says.
  Parameters activations(const Batch& batch) {
    forward(batch, std::nullopt);
    Parameters outputs;
    const auto copy = [&](const std::string& name, std::vector<std::int64_t> shape,
                          MatrixMap<Scalar> values) {
      outputs[name] = {std::move(shape), {values.data(), values.data() + values.size()}};
    };
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      copy("layers." + std::to_string(i), {batch.time, batch.reviews, sequences_[i + 1].cols()},
           sequences_[i + 1]);
    }
    for (std::size_t i = 0; i < dense_.size(); ++i) {
      copy("dense." + std::to_string(i), {batch.reviews, features_[i + 1].cols()}, features_[i + 1]);
    }
    return outputs;
  }

  /// Probabilities of the positive class, [reviews]. Walks a few steps at a time through all layers, so
  /// that no more than those are kept.
  void predict(const Batch& batch, std::span<float> positive) {
    begin(batch, std::nullopt);
    Walk{0, batch.time}.in_pieces(steps_at_once(batch), [&](const Walk& piece) {
      walk(batch, piece.first, piece.count, std::nullopt);
    });
    const MatrixMap<Scalar> logits = classify(std::nullopt);
    for (Index review = 0; review < batch.reviews; ++review) {
      positive[static_cast<std::size_t>(review)] =
          static_cast<float>(positive_probability<Scalar>(head_kind_, logits, review));
    }
  }

 private:
  struct Layer {
    std::unique_ptr<RecurrentLayer<Scalar>> cell;
    Dropout<Scalar> dropout;
  };
  struct DenseLayer {
    Dense<Scalar> dense;
    Dropout<Scalar> dropout;
  };

  Index steps_at_once(const Batch& batch) const {
    const bool all = std::any_of(layers_.begin(), layers_.end(),
                                 [](const Layer& layer) { return layer.cell->needs_all_steps(); });
    return all ? batch.time : kPieceSteps;
  }

  void begin(const Batch& batch, const Draw& draw) {
    spatial_dropout_.draw(batch.reviews, embedding_.size(), draw);
    for (Layer& layer : layers_) layer.cell->reset(batch.reviews, draw);
    pool_.begin(batch, masks_padding_, layers_.back().cell->units());
  }

  /// Which slots of steps [first, first + steps) are masked.
  void mask(const Batch& batch, Index first, Index steps) {
    masked_.clear();
    if (!masks_padding_) return;
    for (Index t = first; t < first + steps; ++t) {
      for (Index review = 0; review < batch.reviews; ++review) {
        masked_.push_back(is_padding(batch, review, t) ? 1 : 0);
      }
    }
  }

  void walk(const Batch& batch, Index first, Index steps, const Draw& draw) {
    mask(batch, first, steps);
    sequences_.clear();
    sequences_.push_back(embedding_.forward(batch, first, steps));
    spatial_dropout_.apply(sequences_.back());
    for (Layer& layer : layers_) {
      sequences_.push_back(layer.dropout.forward(layer.cell->forward(sequences_.back(), masked_), draw));
    }
    pool_.add(sequences_.back(), masked_);
  }

  /// Logits [reviews, 1 or 2] of what was pooled.
  MatrixMap<Scalar> classify(const Draw& draw) {
    features_.clear();
    features_.push_back(pooled_dropout_.forward(pool_.pooled(), draw));
    for (DenseLayer& layer : dense_) {
      features_.push_back(layer.dropout.forward(layer.dense.forward(features_.back()), draw));
    }
    return head_.forward(features_.back());
  }

  /// The gradient by what was pooled, [reviews, units].
  MatrixMap<Scalar> classify_backward() {
    std::vector<MatrixMap<Scalar>> gradients = {head_.backward(features_.back(), logits_)};
    for (std::size_t i = dense_.size(); i-- > 0;) {
      dense_[i].dropout.backward(gradients.back());
      gradients.push_back(dense_[i].dense.backward(features_[i], gradients.back()));
    }
    pooled_dropout_.backward(gradients.back());
    return gradients.back();
  }

  /// The way back through all layers over some steps, those after them being done.
  void backward(const Batch& batch, const Walk& piece, MatrixMap<Scalar> pooled_gradient) {
    const Index first = piece.first * batch.reviews;
    const Index slots = piece.count * batch.reviews;
    const StepMask masked = masked_.empty() ? StepMask()
                                            : StepMask(&masked_[static_cast<std::size_t>(first)],
                                                       static_cast<std::size_t>(slots));
    pool_.backward(piece.first, pooled_gradient, masked, sequence_gradient(layers_.size(), slots));
    for (std::size_t i = layers_.size(); i-- > 0;) {
      const Index features = sequences_[i].cols();
      const MatrixMap<Scalar> input(sequences_[i].data() + first * features, slots, features);
      MatrixMap<Scalar> gradient = sequence_gradient(i + 1, slots);
      MatrixMap<Scalar> input_gradient = sequence_gradient(i, slots);
      input_gradient.setZero();
      layers_[i].dropout.backward(gradient, first);
      layers_[i].cell->backward(piece.first, input, masked, gradient, input_gradient);
    }
    if (!embedding_.trainable()) return;
    spatial_dropout_.apply(sequence_gradient(0, slots));
    embedding_.backward(batch, piece.first, sequence_gradient(0, slots));
  }

  /// Memory for the gradient by `slots` of sequences_[level], until that of level - 2 is asked for; no rows
  /// where nobody needs it.
  MatrixMap<Scalar> sequence_gradient(std::size_t level, Index slots) {
    const bool needed = level > 0 || embedding_.trainable();
    return sequence_gradients_[level % 2].shaped(needed ? slots : 0, sequences_[level].cols());
  }

  WeightStore<Scalar> weights_;
  Embedding<Scalar> embedding_;
  bool masks_padding_;
  StepDropout<Scalar> spatial_dropout_;
  std::vector<Layer> layers_;
  Pool<Scalar> pool_;
  Dropout<Scalar> pooled_dropout_;
  std::vector<DenseLayer> dense_;
  Dense<Scalar> head_;
  Head head_kind_;

  std::vector<std::uint8_t> masked_;          // [steps * reviews], see StepMask
  std::vector<MatrixMap<Scalar>> sequences_;  // [steps * reviews, features]: of the embedding and each layer
  std::vector<MatrixMap<Scalar>> features_;   // [reviews, features]: pooled and of each dense layer
  Matrix<Scalar> logits_;                     // [reviews, 1 or 2]; the loss's gradient by them
  std::array<Buffer<Scalar>, 2> sequence_gradients_;
};

}  // namespace rnnbench::eigen
