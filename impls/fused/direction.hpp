#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "impls/eigen/cell_weights.hpp"
#include "impls/fused/batch_plan.hpp"
#include "impls/fused/floats.hpp"
#include "impls/fused/kernels.hpp"
#include "impls/fused/packing.hpp"

namespace rnnbench::fused {

/// What a direction reads: its features come in parts, one of each direction below, each [rows, stride] by
/// rows of the batch plan; or no part, where its share of the gates was computed for each word.
struct LayerInput {
  std::array<const Real*, 2> parts = {};
  int count = 0;
  int stride = 0;
};

/// Where gradients by such an input go: parts side by side, [rows, stride], or nowhere.
struct InputGradient {
  Real* data = nullptr;
  int stride = 0;
  const Real* mask = nullptr;  ///< of the input, [samples, stride]; null: none
  bool add = false;            ///< to what is there
};

/// One direction of a recurrent layer over the rows of a batch plan: a cell's weights, packed, what the way
/// back needs of each row, and gradients of the packed weights for each shard.
class Direction {
 public:
  Direction(eigen::WeightStore<Real>& weights, const std::string& prefix, const LayerSpec& spec,
            bool homeward, int features);

  int units() const { return spec_.units; }
  int padded_units() const { return columns_.padded_units; }
  int gate_width() const { return columns_.width(); }

  /// Packs the weights as they are now; with `back` for the way back too.
  void pack(bool back);

  /// Room for the rows of a plan. Its input has so many parts (0: folded) of so many features, padded to
  /// `part_width`. `keep`: for a way back.
  void begin(const BatchPlan& plan, int input_parts, int part_units, int part_width, bool keep);

  /// The recurrent mask of a shard's samples, [samples, padded_units]; null: none.
  void set_mask(std::size_t shard, const Real* mask) { shards_[shard].mask = mask; }

  /// W e + b of words [begin, end), from rows of the embedding's table; one product for all reviews.
  void project_words(const BatchPlan& plan, const Real* table, int size, int begin, int end);

  /// Walks over a shard. Writes outputs [rows, padded_units].
  void forward(const Shard& shard, std::size_t number, const BatchPlan& plan, const LayerInput& input);

  /// Adds ∂L/∂h of the rows of `tick` to `carried` [active, padded_units].
  using Above = std::function<void(int tick, Real* carried)>;

  /// The way back. Outputs of a simple cell become its ∂L/∂a.
  void backward(const Shard& shard, std::size_t number, const LayerInput& input, const Above& above,
                const InputGradient& input_gradient);

  /// Sums ∂L/∂a over the rows of each of words [begin, end), adds to the gradient of W and b of `part`, and
  /// to `rows_gradient` [words, width], the gradient of the words' rows, unless null.
  void words_backward(const BatchPlan& plan, const Real* table, int size, int begin, int end,
                      std::size_t part, Real* rows_gradient, int width, bool add);

  /// Gradients of all shards and parts, added in order, to the weights' gradients.
  void collect_gradients();

  const Real* output() const { return output_; }
  Real* output() { return output_; }

 private:
  struct ShardState {
    const Real* mask = nullptr;
    Floats carried_hidden, carried_memory, through, piece;
    Floats recurrent_panels, input_panels, bias;  // gradients of packed weights
    bool used = false;
  };
  struct Tick {
    int number, rows, first;  // first: of all rows
  };

  bool is_lstm() const { return spec_.cell == Cell::kLstm; }
  bool is_gru() const { return spec_.cell == Cell::kGru; }
  Tick tick(const Shard& shard, int number) const;
  void begin_onward(const Shard& shard, const Tick& now);
  void step(const Shard& shard, const ShardState& state, const BatchPlan& plan, const LayerInput& input,
            const Tick& now, int next, bool first);
  void step_back(const ShardState& state, const Tick& now, Real* hidden, Real* memory, Real* through,
                 bool is_first);
  void add_gradients(ShardState& state, const LayerInput& input, int begin, int end);
  void add_input_gradient(const Shard& shard, ShardState& state, int begin, int end, const InputGradient& to);

  const Kernels& kernels_;
  LayerSpec spec_;
  bool homeward_;
  int features_;
  eigen::CellWeights<Real> weights_;
  GateColumns columns_;
  int part_units_ = 0, part_width_ = 0, parts_ = 0;
  bool keeps_ = false;

  Floats recurrent_panels_, recurrent_back_panels_, input_panels_, input_back_panels_, bias_;
  std::vector<ShardState> shards_;
  Floats projected_;                                  // [words, gate width]
  Floats gates_, outputs_, before_, memory_, plain_;  // [rows, …]
  Real* output_ = nullptr;
};

}  // namespace rnnbench::fused
