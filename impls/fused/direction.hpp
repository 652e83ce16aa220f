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
#include "impls/fused/shortcuts.hpp"

namespace rnnbench::fused {

/// What a direction reads: its features come in parts, one of each direction below, each [rows, stride] by
/// rows of the batch plan; or no part, where its share of the gates was computed for each word.
struct LayerInput {
  std::array<const Real*, 2> parts = {};
  int count = 0;
  int stride = 0;
};

/// Where gradients by such an input go: parts side by side, [rows, stride], or nowhere. The words' likewise,
/// [words, stride].
struct InputGradient {
  Real* data = nullptr;
  int stride = 0;
  const Real* mask =
      nullptr;       ///< of the input, [samples, stride], of the shard or, for words, of all; or null
  bool add = false;  ///< to what is there
};

/// One direction of a recurrent layer over the rows of a batch plan: a cell's weights, packed, what the way
/// back needs of each row, and gradients of the packed weights for each shard.
class Direction {
 public:
  Direction(eigen::WeightStore<Real>& weights, const std::string& prefix, const LayerSpec& spec,
            bool homeward, int features, const Shortcuts& shortcuts, bool rounds, bool rounds_input);

  int units() const { return spec_.units; }
  int padded_units() const { return columns_.padded_units; }
  int gate_width() const { return columns_.width(); }

  /// Packs the weights as they are now; with `back` for the way back too, else in bfloat16 too where it
  /// rounds.
  void pack(bool back);

  /// Room for the rows of a plan. Its input has so many parts (0: folded) of so many features, padded to
  /// `part_width`. `keep`: for a way back; else states are forgotten from tick to tick. `last_only`: outputs
  /// of the last tick are all that is asked for.
  void begin(const BatchPlan& plan, int input_parts, int part_units, int part_width, bool keep,
             bool last_only);

  /// Where begin() found words folded: keeps their products in a table of all words, from batch to batch.
  void keep_words(int vocabulary);

  /// The recurrent mask of all samples, [samples, padded_units]; null: none.
  void set_mask(const Real* mask) { mask_ = mask; }

  /// W e + b of words [begin, end) from their rows e of `size` features, one product for all; into the table
  /// at `ids`, where one is used.
  void project_words(const Rows& words, int size, int begin, int end, const std::int32_t* ids);

  /// Walks over a shard, the group's `slot`-th. Writes outputs [rows, padded_units].
  void forward(const Shard& shard, std::size_t slot, const LayerInput& input);

  /// Adds ∂L/∂h of the rows of `tick` to `carried` [active, padded_units].
  using Above = std::function<void(int tick, Real* carried)>;

  /// The way back. Outputs of a simple cell become its ∂L/∂a.
  void backward(const Shard& shard, std::size_t slot, const LayerInput& input, const Above& above,
                const InputGradient& input_gradient);

  /// Sums ∂L/∂a over the rows of each of a group's listed words [begin, end), and what groups before it gave.
  void sum_words(const Group& group, int begin, int end);

  /// From these sums of words [begin, end), whose samples are `samples`: adds to the gradient of W and b in
  /// `slot`, and gives the gradient of the words' rows.
  void words_backward(const Rows& words, const std::int32_t* samples, int size, int begin, int end,
                      std::size_t slot, const InputGradient& words_gradient);

  /// Gradients of all slots, added in order, to the weights' gradients.
  void collect_gradients();

  const Real* output() const { return output_; }
  Real* output() { return output_; }

 private:
  /// Of the shard in a slot of a group; gradients of those that were there one after the other.
  struct ShardState {
    Floats carried_hidden, carried_memory, through, piece, scratch;
    Floats recurrent_panels, candidate_panels, input_panels, bias;  // gradients of packed weights
    bool used = false;
  };
  struct Tick {
    int number, rows, offset, first;  // offset: of the shard's rows; first: of the group's
  };

  bool is_lstm() const { return spec_.cell == Cell::kLstm; }
  bool is_gru() const { return spec_.cell == Cell::kGru; }
  bool resets_before() const { return is_gru() && !spec_.reset_after; }
  Tick tick(const Shard& shard, int number) const;
  std::int64_t state_row(const Shard& shard, const Tick& at) const;
  void begin_onward(const Shard& shard, const Tick& now);
  void step(const Shard& shard, ShardState& state, const LayerInput& input, const Tick& now, int next,
            bool first);
  Operand weighted(const Rows& rows, const Floats& panels, const Numbers<std::uint32_t>& pairs, int depth,
                   int columns, int part = 0) const;
  void round_weights();
  void step_candidate(CellStep& step, std::int64_t at, bool first);
  void begin_gradients(ShardState& state);
  const Real* mask_of(const Shard& shard) const {
    return mask_ == nullptr ? nullptr
                            : mask_ + static_cast<std::int64_t>(shard.first_sample) * padded_units();
  }
  void candidate_back(CellBack& back, std::int64_t at, Real* through);
  void step_back(const Real* mask, const Tick& now, Real* hidden, Real* memory, Real* through, bool is_first);
  void add_words_gradient(const std::int32_t* samples, ShardState& state, int first, int count,
                          const InputGradient& gradient);
  void add_gradients(ShardState& state, const LayerInput& input, int begin, int end);
  void add_input_gradient(const Shard& shard, ShardState& state, int begin, int end, const InputGradient& to);

  const Kernels& kernels_;
  Shortcuts shortcuts_;
  bool rounds_, rounds_input_;  ///< without a way back, which weights of a tick's products are bfloat16s
  LayerSpec spec_;
  bool homeward_;
  int features_;
  eigen::CellWeights<Real> weights_;
  GateColumns columns_;
  int part_units_ = 0, part_width_ = 0, parts_ = 0;
  bool keeps_ = false, last_only_ = false, own_words_ = false, keeps_words_ = false;
  const Real* mask_ = nullptr;

  Floats recurrent_panels_, recurrent_back_panels_, input_panels_, input_back_panels_, bias_;
  std::vector<ShardState> shards_;
  Floats word_sums_;                       // [words, gate width] of ∂L/∂a
  Floats projected_;                       // [words, gate width]
  Floats kept_words_{/*scattered=*/true};  // [vocabulary, gate width]
  Floats gates_, outputs_;                 // [rows, …]
  Floats before_, memory_, plain_;         // states that a row begins with, by state_row
  Numbers<std::uint32_t> recurrent_pairs_, input_pairs_, candidate_pairs_;  // none where not rounded
  // Of a gru that resets before: U_n packed; by state_row r h_{t−1}, and a_n or its gradient.
  Floats candidate_panels_, candidate_back_panels_, resets_, candidates_;
  Real* output_ = nullptr;
};

}  // namespace rnnbench::fused
