#include <algorithm>

#include "impls/fused/direction.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

/// Rows that gradients of weights are taken over at once: few enough for the second-level cache, many
/// enough that reading and writing the gradients costs little.
constexpr int kPieceRows = 96;
constexpr Real kOne = 1.0F;

Real* zeroed(Floats& floats, Size count) {
  Real* data = floats.room(count);
  std::fill(data, data + count, 0.0F);
  return data;
}

/// The rows of the ticks that were walked and whose gradients of weights are still to be taken.
struct Piece {
  int begin = 0, end = 0;

  int rows() const { return end - begin; }
  void take(int first, int rows) {
    if (begin == end) begin = end = first;
    begin = std::min(begin, first);
    end = std::max(end, first + rows);
  }
};

}  // namespace

void Direction::step_back(const Real* mask, const Tick& now, Real* hidden, Real* memory, Real* through,
                          bool is_first) {
  const Size units = padded_units(), at = now.first * units;
  CellBack back{.rows = now.rows, .units = padded_units(), .activation = spec_.activation};
  back.hidden_gradient = hidden;
  Real* gates =
      spec_.cell == Cell::kRnn ? output_ + at : gates_.data() + static_cast<Size>(now.first) * gate_width();
  back.gates = gates;
  switch (spec_.cell) {
    case Cell::kRnn:
      kernels_.rnn_back(back);
      break;
    case Cell::kLstm:
      back.memory_gradient = memory;
      back.memory_before = memory_.data() + at;
      kernels_.lstm_back(back);
      break;
    case Cell::kGru:
      back.hidden_before = plain_.data() + at;
      if (resets_before()) {
        candidate_back(back, at, through);
      } else {
        kernels_.gru_back(back);
      }
      break;
  }
  if (is_first) return;
  Product product{.rows = now.rows,
                  .vectors = padded_units() / kernels_.lanes,
                  .operands = {{{gates, gate_width(), nullptr}, recurrent_back_panels_.data(), gate_width()}},
                  .operand_count = 1,
                  .homeward = now.number % 2 == 1};
  if (resets_before()) product.start = {through, units, nullptr};
  if (mask == nullptr) {
    if (resets_before()) kernels_.add(hidden, through, now.rows * units);
    if (is_gru()) product.start = {hidden, units, nullptr};
    return kernels_.product(product, hidden, units);
  }
  kernels_.product(product, through, units);
  if (is_gru()) return kernels_.add_product(hidden, through, mask, now.rows * units);
  kernels_.multiply(through, mask, now.rows * units);
  std::copy(through, through + now.rows * units, hidden);
}

/// The same for a GRU that resets before the product; `through` becomes what goes to h_{t−1} through its
/// candidate.
void Direction::candidate_back(CellBack& back, Size at, Real* through) {
  const Size units = padded_units();
  back.candidate = candidates_.data() + at;
  kernels_.gru_candidate_back(back);
  const Product product{
      .rows = back.rows,
      .vectors = padded_units() / kernels_.lanes,
      .operands = {{{back.candidate, units, nullptr}, candidate_back_panels_.data(), padded_units()}},
      .operand_count = 1};
  kernels_.product(product, through, units);
  back.masked_before = before_.data() + at;
  back.reset_gradient = through;
  kernels_.gru_reset_back(back);
}

void Direction::add_gradients(ShardState& state, const LayerInput& input, int begin, int end) {
  const Size units = padded_units(), width = gate_width();
  const Real* gates = spec_.cell == Cell::kRnn ? output_ + begin * units : gates_.data() + begin * width;
  Outer outer{.rows = end - begin,
              .left = {before_.data() + begin * units, units, nullptr},
              .depth = spec_.units,
              .right = gates,
              .vectors = gate_width() / kernels_.lanes,
              .panels = state.recurrent_panels.data()};
  kernels_.outer(outer);
  if (resets_before()) {
    const Outer candidate{.rows = end - begin,
                          .left = {resets_.data() + begin * units, units, nullptr},
                          .depth = spec_.units,
                          .right = candidates_.data() + begin * units,
                          .vectors = padded_units() / kernels_.lanes,
                          .panels = state.candidate_panels.data()};
    kernels_.outer(candidate);
  }
  if (input.count == 0) return;
  outer.left = {&kOne, 0, nullptr};
  outer.depth = 1;
  outer.panels = state.bias.data();
  kernels_.outer(outer);
  for (int part = 0; part < input.count; ++part) {
    outer.left = {input.parts[static_cast<std::size_t>(part)] + static_cast<Size>(begin) * input.stride,
                  input.stride, nullptr};
    outer.depth = part_units_;
    outer.panels = state.input_panels.data() + packed_size(part * part_units_, gate_width());
    kernels_.outer(outer);
  }
}

void Direction::add_input_gradient(const Shard& shard, ShardState& state, int begin, int end,
                                   const InputGradient& gradient) {
  const Size units = padded_units(), width = gate_width(), stride = gradient.stride;
  const Real* gates = spec_.cell == Cell::kRnn ? output_ + begin * units : gates_.data() + begin * width;
  Real* to = gradient.data + begin * stride;
  Real* product_to = gradient.mask == nullptr ? to : state.piece.room((end - begin) * stride);
  for (int part = 0; part < std::max(parts_, 1); ++part) {
    const Size first = static_cast<Size>(part) * part_width_;
    Product product{.rows = end - begin, .vectors = part_width_ / kernels_.lanes};
    product.operands[product.operand_count++] = {
        {gates, width, nullptr},
        input_back_panels_.data() + packed_size(gate_width(), part * part_width_),
        gate_width()};
    if (gradient.add && gradient.mask == nullptr) product.start = {to + first, stride, nullptr};
    kernels_.product(product, product_to + first, stride);
  }
  if (gradient.mask == nullptr) return;
  // Pieces are whole ticks, and a tick's rows are the first samples.
  const auto ticks_end = shard.offset.end() - 1;
  for (auto offset = std::lower_bound(shard.offset.begin() + 1, ticks_end, begin - shard.first_row);
       offset != ticks_end && *offset < end - shard.first_row; ++offset) {
    const Size count = (*(offset + 1) - *offset) * stride, at = (*offset + shard.first_row - begin) * stride;
    if (gradient.add) {
      kernels_.add_product(to + at, product_to + at, gradient.mask, count);
    } else {
      kernels_.multiply(product_to + at, gradient.mask, count);
      std::copy(product_to + at, product_to + at + count, to + at);
    }
  }
}

/// Gradients of a slot begin with zeros, once a batch.
void Direction::begin_gradients(ShardState& state) {
  if (state.used) return;
  state.used = true;
  zeroed(state.recurrent_panels, packed_size(spec_.units, gate_width()));
  if (resets_before()) zeroed(state.candidate_panels, packed_size(spec_.units, padded_units()));
  zeroed(state.input_panels, packed_size(features_, gate_width()));
  zeroed(state.bias, gate_width());
}

void Direction::backward(const Shard& shard, std::size_t slot, const LayerInput& input, const Above& above,
                         const InputGradient& input_gradient) {
  ShardState& state = shards_[slot];
  const Size units = padded_units();
  begin_gradients(state);
  Real* hidden = zeroed(state.carried_hidden, shard.samples * units);
  Real* memory = is_lstm() ? zeroed(state.carried_memory, shard.samples * units) : nullptr;
  Real* through = state.through.room(shard.samples * units);
  Piece piece;
  const auto finish = [&] {
    if (piece.rows() == 0) return;
    add_gradients(state, input, piece.begin, piece.end);
    if (input_gradient.data != nullptr) {
      add_input_gradient(shard, state, piece.begin, piece.end, input_gradient);
    }
    piece = {};
  };
  for (int i = 1; i <= shard.ticks; ++i) {
    const Tick now = tick(shard, homeward_ ? i : shard.ticks + 1 - i);
    above(now.number, hidden);
    step_back(mask_of(shard), now, hidden, memory, through, i == shard.ticks);
    piece.take(now.first, now.rows);
    if (shortcuts_.pieces && piece.rows() >= kPieceRows) finish();
    if (homeward_) continue;
    // What goes on to before a sample joined is the padding's, or nobody's.
    const int old = shard.active[static_cast<std::size_t>(now.number) - 1];
    for (Real* carried : {hidden, memory}) {
      if (carried == nullptr) continue;
      for (int sample = old; sample < now.rows; ++sample) {
        Real* row = carried + sample * units;
        if (shard.has_pads && old > 0) kernels_.add(carried, row, units);
        std::fill(row, row + units, 0.0F);
      }
    }
  }
  finish();
}

void Direction::sum_words(const Group& group, int begin, int end) {
  const Real* rows = spec_.cell == Cell::kRnn ? output_ : gates_.data();
  for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
    const std::int32_t word = group.words[i], first = group.begin[i];
    const bool is_known = !own_words_ && word < group.first_word;
    kernels_.sum_rows(rows, gate_width(), group.rows_by_word.data() + first, group.begin[i + 1] - first,
                      gate_width(), word_sums_.data() + static_cast<Size>(word) * gate_width(), is_known);
  }
}

void Direction::words_backward(const Rows& words, const std::int32_t* samples, int size, int begin, int end,
                               std::size_t slot, const InputGradient& gradient) {
  constexpr int kWords = 64;
  ShardState& state = shards_[slot];
  begin_gradients(state);
  for (int first = begin; first < end; first += kWords) {
    const int count = std::min(kWords, end - first);
    Outer outer{.rows = count,
                .left = rows_from(words, first),
                .depth = size,
                .right = word_sums_.data() + static_cast<Size>(first) * gate_width(),
                .vectors = gate_width() / kernels_.lanes,
                .panels = state.input_panels.data()};
    kernels_.outer(outer);
    outer.left = {&kOne, 0, nullptr};
    outer.depth = 1;
    outer.panels = state.bias.data();
    kernels_.outer(outer);
    if (gradient.data != nullptr) add_words_gradient(samples, state, first, count, gradient);
  }
}

void Direction::add_words_gradient(const std::int32_t* samples, ShardState& state, int first, int count,
                                   const InputGradient& gradient) {
  const Size stride = gradient.stride;
  const Real* sums = word_sums_.data() + static_cast<Size>(first) * gate_width();
  Product product{.rows = count,
                  .vectors = gradient.stride / kernels_.lanes,
                  .operands = {{{sums, gate_width(), nullptr}, input_back_panels_.data(), gate_width()}},
                  .operand_count = 1};
  Real* to = gradient.data + first * stride;
  if (gradient.mask == nullptr) {
    if (gradient.add) product.start = {to, stride, nullptr};
    return kernels_.product(product, to, stride);
  }
  Real* unmasked = state.scratch.room(count * stride);
  kernels_.product(product, unmasked, stride);
  if (!gradient.add) std::fill(to, to + count * stride, 0.0F);
  for (int word = first; word < first + count; ++word, to += stride, unmasked += stride) {
    kernels_.add_product(to, unmasked, gradient.mask + Size{samples[word]} * stride, stride);
  }
}

void Direction::collect_gradients() {
  const int units = spec_.units, width = gate_width(), parts = std::max(parts_, 1), lanes = kernels_.lanes;
  ShardState* first = nullptr;
  for (ShardState& state : shards_) {
    if (!state.used) continue;
    if (first == nullptr) {
      first = &state;
      continue;
    }
    kernels_.add(first->recurrent_panels.data(), state.recurrent_panels.data(), packed_size(units, width));
    if (resets_before()) {
      kernels_.add(first->candidate_panels.data(), state.candidate_panels.data(),
                   packed_size(units, padded_units()));
    }
    kernels_.add(first->input_panels.data(), state.input_panels.data(), packed_size(features_, width));
    kernels_.add(first->bias.data(), state.bias.data(), width);
  }
  weights_.clear_gradients();
  if (first == nullptr) return;
  unpack_transposed(first->recurrent_panels.data(), columns_.recurrent, lanes, units,
                    weights_.recurrent_kernel.gradient.data(), units, 0);
  if (resets_before()) {
    unpack_transposed(first->candidate_panels.data(), columns_.candidate, lanes, units,
                      weights_.recurrent_kernel.gradient.data(), units, 0);
  }
  for (int part = 0; part < parts; ++part) {
    unpack_transposed(first->input_panels.data() + packed_size(part * part_units_, width), columns_.input,
                      lanes, part_units_, weights_.input_kernel.gradient.data(), features_,
                      part * part_units_);
  }
  const Real* bias = first->bias.data();
  for (int c = 0; c < width; ++c) {
    const int row = columns_.input[static_cast<std::size_t>(c)];
    const int recurrent_row = columns_.recurrent_bias[static_cast<std::size_t>(c)];
    if (row >= 0) weights_.input_bias.gradient(0, row) = bias[c];
    if (weights_.recurrent_bias && recurrent_row >= 0)
      weights_.recurrent_bias->gradient(0, recurrent_row) = bias[c];
  }
}

}  // namespace rnnbench::fused
