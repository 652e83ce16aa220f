#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "harness/data/batch.hpp"
#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/dense.hpp"
#include "impls/eigen/dropout.hpp"
#include "impls/eigen/loss.hpp"
#include "impls/fused/batch_plan.hpp"
#include "impls/fused/direction.hpp"
#include "impls/fused/explain.hpp"
#include "impls/fused/pooling.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

using Draw = std::optional<DropoutDraw>;

/// A model spec made of fused directions: plans a batch, walks its shards forward and back on the threads of
/// a pool, and leaves the head to the plain engine's dense layers. Batches must have been checked.
class Network {
 public:
  Network(const ModelSpec& spec, int vocabulary, ThreadPool& threads, const Shortcuts& shortcuts = {});

  eigen::WeightStore<Real>& weights() { return weights_; }
  const eigen::WeightStore<Real>& weights() const { return weights_; }

  /// To be called when the weights were changed.
  void weights_changed() { packed_ = false; }

  /// The mean loss of a batch, keeping what `backward` needs; with dropout where there is a draw.
  eigen::BatchLoss forward(const Batch& batch, const Draw& draw);

  /// Sets the gradients of the loss that the last `forward`, on this same batch, gave.
  void backward(const Batch& batch);

  /// The global L2 norm of the gradients.
  double gradient_norm() const;

  /// As Engine::activations says.
  Parameters activations(const Batch& batch);

  /// What a training step on a batch comes to, with dropout where the spec has it.
  StepExplanation explain(const Batch& batch);

  /// Probabilities of the positive class, [reviews].
  void predict(const Batch& batch, std::span<float> positive);

 private:
  struct Layer {
    LayerSpec spec;
    std::vector<std::unique_ptr<Direction>> directions;
    std::vector<Floats> inputs;           // of each direction, [rows or words, input width], where masks
                                          // made its own
    std::vector<Floats> input_masks;      // of each direction, [samples, input width]
    std::vector<Floats> recurrent_masks;  // of each direction, [samples, padded units]
    bool masks_input = false;             // of this batch
    Floats output_mask;                   // [time, reviews, features]
    bool masks_output = false;
    Floats gradient;  // ∂L/∂ of its input, [rows, input width]

    int units() const { return directions.front()->units(); }
    int padded_units() const { return directions.front()->padded_units(); }
    int count() const { return static_cast<int>(directions.size()); }
    int features() const { return units() * count(); }
  };

  void walk(const Batch& batch, const Draw& draw, bool keep, bool everything = false);
  void draw_masks(const Batch& batch, const Draw& draw);
  void take_step_mask(Floats& mask, int parts, int part_units, int part_width, bool first);
  void make_words(int begin, int end);
  Rows words_of(std::size_t direction) const;
  void walk_shards();
  void walk_direction(std::size_t layer, std::size_t direction, std::size_t number);
  void pool_shard(std::size_t number);
  bool makes_input(std::size_t layer) const;
  void backward_shard(std::size_t number);
  LayerInput make_input(std::size_t layer, std::size_t direction, const Shard& shard);
  LayerInput input_of(std::size_t layer, std::size_t direction);
  OutputMask output_mask(std::size_t layer) const;
  void words_backward(const Batch& batch);
  void add_words(const Batch& batch, const Real* rows);
  void head_backward();
  eigen::MatrixMap<Real> classify(const Draw& draw);
  void gather_pooled();

  int input_width(std::size_t layer) const;  // padded, of all parts
  int parts_of(std::size_t layer) const { return layer == 0 ? 1 : layers_[layer - 1].count(); }

  ModelSpec spec_;
  ThreadPool& threads_;
  eigen::WeightStore<Real> weights_;
  eigen::MatrixMap<Real> table_, table_gradient_;
  const Kernels& kernels_;
  Planner planner_;
  const BatchPlan* plan_ = nullptr;
  std::vector<Layer> layers_;
  std::vector<std::vector<Pool>> pools_;  // [shards][directions of the last layer]
  int reviews_ = 0;
  Shortcuts shortcuts_;
  bool folds_ = false, masks_words_ = false;  // of this batch
  bool packed_ = false, packed_back_ = false;

  std::vector<Real> drawn_;            // a mask before it is put in the order of samples
  Floats words_gradient_;              // [words, padded size]
  std::vector<std::int32_t> touched_;  // words whose gradient is not zero

  eigen::Matrix<Real> pooled_;
  eigen::Dropout<Real> pooled_dropout_;
  struct DenseLayer {
    eigen::Dense<Real> dense;
    eigen::Dropout<Real> dropout;
  };
  std::vector<DenseLayer> dense_;
  eigen::Dense<Real> head_;
  std::vector<eigen::MatrixMap<Real>> features_;
  eigen::Matrix<Real> logits_;
};

}  // namespace rnnbench::fused
