#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "harness/core/phase_clock.hpp"
#include "harness/data/batch.hpp"
#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/dense.hpp"
#include "impls/eigen/loss.hpp"
#include "impls/fused/batch_plan.hpp"
#include "impls/fused/direction.hpp"
#include "impls/fused/explain.hpp"
#include "impls/fused/pooling.hpp"
#include "impls/fused/row_dropout.hpp"
#include "impls/fused/thread_pool.hpp"

namespace rnnbench::fused {

using Draw = std::optional<DropoutDraw>;

/// A model spec made of fused directions: plans a batch, walks its shards forward and back on the threads of
/// a pool, and leaves the head to the plain engine's dense layers. Batches must have been checked.
class Network {
 public:
  /// Groups are cut into `shards`, 0: one a thread. Who does a shard changes no bit. `rounds`: predictions
  /// take the weights of the products that each tick takes rounded to bfloat16; in single precision only.
  Network(const ModelSpec& spec, int vocabulary, ThreadPool& threads, const Shortcuts& shortcuts = {},
          int shards = 0, bool rounds = false);

  eigen::WeightStore<Real>& weights() { return weights_; }
  const eigen::WeightStore<Real>& weights() const { return weights_; }

  /// Into which a group is cut at most.
  int most_shards() const { return most_shards_; }

  /// To be called when the weights were changed.
  void weights_changed() { packed_ = kept_are_new_ = false; }

  /// Sets the gradients of the mean loss of a batch, which it returns; with dropout where there is a draw.
  /// `phases` is told of forward and backward, by turns where the batch is cut into groups.
  eigen::BatchLoss gradients(const Batch& batch, const Draw& draw, PhaseClock& phases);

  /// Rows of the embedding whose gradient may not be zero.
  std::span<const std::int32_t> touched() const { return touched_; }

  /// The global L2 norm of the gradients.
  double gradient_norm();

  /// As Engine::activations says.
  Parameters activations(const Batch& batch);

  /// What a training step on a batch comes to, with dropout where the spec has it. `idles`: whether the
  /// optimiser moves rows that the batch leaves alone late.
  StepExplanation explain(const Batch& batch, bool idles);

  /// Probabilities of the positive class, [reviews].
  void predict(const Batch& batch, std::span<float> positive);

 private:
  static constexpr int kWordsAtOnce = 64;  // that a thread takes

  struct Layer {
    LayerSpec spec;
    std::vector<std::unique_ptr<Direction>> directions;
    std::vector<Floats> inputs;           // of each direction, [rows or words, input width], where masks
                                          // made its own
    std::vector<Floats> input_masks;      // of each direction, [samples, input width]
    std::vector<Floats> recurrent_masks;  // of each direction, [samples, padded units]
    bool masks_input = false;             // of this batch
    Numbers<std::uint8_t> output_mask;    // [time, reviews, features], what stays
    Real output_times = 1;                // of that
    bool masks_output = false;
    Floats gradient;  // ∂L/∂ of its input, [rows, input width]

    int units() const { return directions.front()->units(); }
    int padded_units() const { return directions.front()->padded_units(); }
    int count() const { return static_cast<int>(directions.size()); }
    int features() const { return units() * count(); }
  };

  /// Blocks of a mask that are drawn at a time.
  struct MaskPiece {
    DropoutRule rule;
    std::int64_t first, blocks;
    std::uint8_t* stays;
  };

  Cut cut_for(const Batch& batch, Purpose purpose) const;
  void begin(const Batch& batch, const Draw& draw, Purpose purpose);
  void walk(const Group& group);
  void plan_and_draw(const Batch& batch, const Draw& draw, Purpose purpose);
  void draw_masks(const Batch& batch, const Draw& draw);
  void take_step_mask(Floats& mask, Real times, int parts, int part_units, int part_width, bool first);
  void make_words(const Group& group, int begin, int end);
  Rows words_of(std::size_t direction) const;
  int word_base(const Group& group) const { return plan_->own_words ? group.first_word : 0; }
  void walk_shards(const Group& group);
  void walk_direction(std::size_t layer, std::size_t direction, const Group& group, std::size_t slot);
  void pool_shard(const Group& group, std::size_t slot);
  const Shard& shard_of(const Group& group, std::size_t slot) const {
    return plan_->shards[static_cast<std::size_t>(group.first_shard) + slot];
  }
  int slots() const { return plan_->groups.front().end_shard; }
  bool makes_input(std::size_t layer) const;
  bool folds_words(const BatchPlan& plan) const;
  void begin_keeping_words(Purpose purpose);
  void backward_shard(const Group& group, std::size_t slot);
  LayerInput make_input(std::size_t layer, std::size_t direction, const Shard& shard);
  LayerInput input_of(std::size_t layer, std::size_t direction);
  OutputMask output_mask(std::size_t layer) const;
  void sum_words(const Group& group);
  void words_backward(const Batch& batch, int base, int words);
  void backward(const Batch& batch, const Group& group);
  void add_rows(const Batch& batch, const Group& group);
  void add_to_table(const Batch& batch, std::span<const std::int32_t> ids, const Real* rows);
  template <typename Use>
  void for_touched(const Use& use);
  void forget_words();
  void collect_gradients();
  eigen::BatchLoss lose(const Batch& batch);
  void head_backward(const Group& group);
  eigen::MatrixMap<Real> classify();
  void gather_pooled(const Group& group);

  int input_width(std::size_t layer) const;  // padded, of all parts
  int parts_of(std::size_t layer) const { return layer == 0 ? 1 : layers_[layer - 1].count(); }

  ModelSpec spec_;
  ThreadPool& threads_;
  int most_shards_;  // of a group
  eigen::WeightStore<Real> weights_;
  eigen::MatrixMap<Real> table_, table_gradient_;
  const Kernels& kernels_;
  Planner planner_;
  const BatchPlan* plan_ = nullptr;
  std::vector<Layer> layers_;
  std::vector<std::vector<Pool>> pools_;  // [slots][directions of the last layer]
  int reviews_ = 0;
  Shortcuts shortcuts_;
  bool rounds_;
  bool folds_ = false;  // of this batch
  bool packed_ = false, packed_back_ = false;
  bool keeps_words_ = false;           // of the first layer, in this prediction
  bool kept_are_new_ = false;          // no weight was changed since
  std::vector<std::uint8_t> is_kept_;  // [vocabulary]

  std::vector<MaskPiece> mask_pieces_;  // of the layers' outputs
  Numbers<std::uint8_t> drawn_;         // what stays, before it is put in the order of samples
  Floats words_gradient_;               // [words, padded size]
  std::vector<std::int32_t> touched_;
  std::vector<std::uint8_t> is_touched_;

  std::vector<int> group_reviews_;    // whose the rows are that the head has
  std::vector<std::uint8_t> labels_;  // of these
  eigen::Matrix<Real> pooled_;
  RowDropout pooled_dropout_;
  struct DenseLayer {
    eigen::Dense<Real> dense;
    RowDropout dropout;
  };
  std::vector<DenseLayer> dense_;
  eigen::Dense<Real> head_;
  std::vector<eigen::MatrixMap<Real>> features_;
  eigen::Matrix<Real> logits_;
};

}  // namespace rnnbench::fused
