#include "impls/fused/direction.hpp"

#include <algorithm>

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

void copy_rows(Real* to, const Real* from, int rows, int width) {
  for (int row = 0; row < rows; ++row) std::copy(from, from + width, to + static_cast<Size>(row) * width);
}

}  // namespace

Direction::Direction(eigen::WeightStore<Real>& weights, const std::string& prefix, const LayerSpec& spec,
                     bool homeward, int features, const Shortcuts& shortcuts, bool rounds, bool rounds_input)
    : kernels_(kernels()),
      shortcuts_(shortcuts),
      rounds_(rounds),
      rounds_input_(rounds_input),
      spec_(spec),
      homeward_(homeward),
      features_(features),
      weights_(weights, prefix, spec),
      columns_(spec, kernels_.lanes) {}

void Direction::begin(const BatchPlan& plan, int input_parts, int part_units, int part_width, bool keep,
                      bool last_only) {
  parts_ = input_parts;
  part_units_ = input_parts == 0 ? features_ : part_units;
  part_width_ = part_width;
  keeps_ = keep;
  last_only_ = last_only && !(keep && spec_.cell == Cell::kRnn);  // whose way back is through its outputs
  own_words_ = plan.own_words;
  keeps_words_ = false;
  mask_ = nullptr;
  const auto slots = static_cast<std::size_t>(plan.groups.front().end_shard);
  if (shards_.size() < slots) shards_ = std::vector<ShardState>(slots);
  for (ShardState& state : shards_) state.used = false;
  const Size rows = plan.group_rows, units = padded_units(), states = keep ? rows : Size{2} * plan.samples;
  outputs_.room(rows * units);
  output_ = outputs_.data();
  before_.room(states * units);
  if (is_lstm()) memory_.room(states * units);
  if (spec_.cell != Cell::kRnn && (keep || resets_before())) gates_.room(states * gate_width());
  if (is_gru()) plain_.room(states * units);
  if (resets_before()) {
    resets_.room(states * units);
    candidates_.room(states * units);
  }
  if (input_parts > 0) return;
  const Size words = plan.own_words ? plan.group_words : static_cast<Size>(plan.words.size());
  projected_.room(words * gate_width());
  if (keep) word_sums_.room(words * gate_width());
}

void Direction::keep_words(int vocabulary) {
  keeps_words_ = true;
  kept_words_.room(static_cast<Size>(vocabulary) * gate_width());
}

void Direction::pack(bool back) {
  const int units = spec_.units, width = gate_width(), parts = std::max(parts_, 1), lanes = kernels_.lanes;
  const Source recurrent{weights_.recurrent_kernel.value.data(), units, 0, units};
  pack_transposed(recurrent, columns_.recurrent, lanes, recurrent_panels_.room(packed_size(units, width)));
  if (back) {
    pack_rows(recurrent, columns_.recurrent, padded_units(), lanes,
              recurrent_back_panels_.room(packed_size(width, padded_units())));
  }
  if (resets_before()) {
    pack_transposed(recurrent, columns_.candidate, lanes,
                    candidate_panels_.room(packed_size(units, padded_units())));
    pack_rows(recurrent, columns_.candidate, padded_units(), lanes,
              candidate_back_panels_.room(packed_size(padded_units(), padded_units())));
  }
  Real* input_panels = input_panels_.room(packed_size(features_, width));
  Real* back_panels = back ? input_back_panels_.room(packed_size(width, parts * part_width_)) : nullptr;
  for (int part = 0; part < parts; ++part) {
    const Source source{weights_.input_kernel.value.data(), features_, part * part_units_, part_units_};
    pack_transposed(source, columns_.input, lanes, input_panels + packed_size(part * part_units_, width));
    if (back) {
      pack_rows(source, columns_.input, part_width_, lanes,
                back_panels + packed_size(width, part * part_width_));
    }
  }
  if (rounds_ && !back) round_weights();
  Real* bias = bias_.room(width);
  for (int c = 0; c < width; ++c) {
    const int row = columns_.input[static_cast<std::size_t>(c)];
    const int recurrent_row = columns_.recurrent_bias[static_cast<std::size_t>(c)];
    bias[c] = row < 0 ? 0.0F : weights_.input_bias.value(0, row);
    if (weights_.recurrent_bias && recurrent_row >= 0) {
      bias[c] += weights_.recurrent_bias->value(0, recurrent_row);
    }
  }
}

/// The packed weights of the products that each tick takes, in bfloat16, but the first layer's for words,
/// whose products are made once.
void Direction::round_weights() {
#ifndef RNNBENCH_FUSED_DOUBLE
  const int width = gate_width(), lanes = kernels_.lanes;
  const auto round = [&](const Floats& panels, Numbers<std::uint32_t>& pairs, int depth, int columns,
                         int parts = 1) {
    const Size size = pairs_size(depth, columns);
    pairs.room(size * parts);
    for (int part = 0; part < parts; ++part) {
      pack_pairs(panels.data() + part * packed_size(depth, columns), depth, columns, lanes,
                 pairs.data() + part * size);
    }
  };
  round(recurrent_panels_, recurrent_pairs_, spec_.units, width);
  if (rounds_input_) round(input_panels_, input_pairs_, part_units_, width, parts_);
  if (resets_before()) round(candidate_panels_, candidate_pairs_, spec_.units, padded_units());
#endif
}

/// A factor pair of a tick's product: the `part`-th of matrices [depth, columns] that lie one behind the
/// other.
Operand Direction::weighted(const Rows& rows, const Floats& panels, const Numbers<std::uint32_t>& pairs,
                            int depth, int columns, int part) const {
  Operand operand{.rows = rows, .panels = panels.data() + part * packed_size(depth, columns), .depth = depth};
  if (pairs.data() != nullptr && !keeps_) operand.pairs = pairs.data() + part * pairs_size(depth, columns);
  return operand;
}

void Direction::project_words(const Rows& words, int size, int begin, int end, const std::int32_t* ids) {
  Product product{.rows = end - begin,
                  .vectors = gate_width() / kernels_.lanes,
                  .start = {bias_.data(), 0, nullptr},
                  .operands = {{rows_from(words, begin), input_panels_.data(), size}},
                  .operand_count = 1,
                  .alike = true};
  Real* rows = projected_.data() + static_cast<Size>(begin) * gate_width();
  kernels_.product(product, rows, gate_width());
  for (int word = begin; keeps_words_ && word < end; ++word, rows += gate_width()) {
    std::copy(rows, rows + gate_width(), kept_words_.data() + static_cast<Size>(ids[word]) * gate_width());
  }
}

Direction::Tick Direction::tick(const Shard& shard, int number) const {
  const auto at = static_cast<std::size_t>(number);
  return {number, shard.active[at], shard.offset[at], shard.first_row + shard.offset[at]};
}

/// Where the states are that the rows of a tick begin with. Those that no way back needs have room for two
/// ticks, and stay in the caches.
Size Direction::state_row(const Shard& shard, const Tick& at) const {
  return keeps_ ? at.first : Size{2} * shard.first_sample + (at.number % 2) * Size{shard.samples};
}

/// States from which samples go on that join at this tick.
void Direction::begin_onward(const Shard& shard, const Tick& now) {
  const Size units = padded_units();
  const int old = shard.active[static_cast<std::size_t>(now.number) - 1];
  const bool from_pads = shard.has_pads && now.number > 1;
  for (Floats* state : {&before_, &memory_, &plain_}) {
    if (state->data() == nullptr) continue;
    Real* rows = state->data() + state_row(shard, now) * units;
    Real* joined = rows + old * units;
    if (from_pads) {
      copy_rows(joined, rows, now.rows - old, padded_units());
    } else {
      std::fill(joined, rows + now.rows * units, 0.0F);
    }
  }
}

void Direction::step(const Shard& shard, ShardState& state, const LayerInput& input, const Tick& now,
                     int next, bool first) {
  const Size units = padded_units(), at = state_row(shard, now) * units;
  const bool goes_on = next >= 1 && next <= shard.ticks;
  const Size on = goes_on ? state_row(shard, tick(shard, next)) * units : 0;
  CellStep step;
  step.activation = spec_.activation;
  Product& product = step.product;
  product.rows = now.rows;
  product.homeward = now.number % 2 == 1;
  product.vectors = gate_width() / kernels_.lanes;
  if (input.count == 0) {
    product.start = keeps_words_ ? Rows{kept_words_.data(), gate_width(), shard.row_id.data() + now.offset}
                                 : Rows{projected_.data(), gate_width(), shard.row_word.data() + now.offset};
  } else {
    product.start = {bias_.data(), 0, nullptr};
  }
  for (int part = 0; part < input.count; ++part) {
    const Real* rows =
        input.parts[static_cast<std::size_t>(part)] + static_cast<Size>(now.first) * input.stride;
    product.operands[product.operand_count++] =
        weighted({rows, input.stride, nullptr}, input_panels_, input_pairs_, part_units_, gate_width(), part);
  }
  if (!first) {
    product.operands[product.operand_count++] =
        weighted({before_.data() + at, units, nullptr}, recurrent_panels_, recurrent_pairs_, spec_.units,
                 gate_width());
  }
  if (gates_.data() != nullptr && (keeps_ || resets_before())) {
    step.gates = gates_.data() + state_row(shard, now) * gate_width();
  }
  if (!last_only_ || now.number == shard.ticks) step.hidden = output_ + now.first * units;
  step.going_on = goes_on ? std::min(now.rows, tick(shard, next).rows) : 0;
  step.hidden_on = before_.data() + on;
  step.mask = mask_of(shard);
  if (!shortcuts_.registers) {
    Real* gates = state.scratch.room(static_cast<Size>(now.rows) * gate_width());
    kernels_.product(product, gates, gate_width());
    product.start = {gates, gate_width(), nullptr};
    product.operand_count = 0;
  }
  switch (spec_.cell) {
    case Cell::kRnn:
      return kernels_.rnn_step(step);
    case Cell::kLstm:
      step.memory_before = memory_.data() + at;
      step.memory_on = memory_.data() + on;
      return kernels_.lstm_step(step);
    case Cell::kGru:
      step.hidden_before = plain_.data() + at;
      step.plain_on = plain_.data() + on;
      return resets_before() ? step_candidate(step, at, first) : kernels_.gru_step(step);
  }
}

/// The step of a GRU that resets before the product, `at` where its states are.
void Direction::step_candidate(CellStep& step, Size at, bool first) {
  const Size units = padded_units();
  step.masked_before = before_.data() + at;
  step.reset = resets_.data() + at;
  step.candidate = candidates_.data() + at;
  kernels_.gru_gates(step);
  step.product = {.rows = step.product.rows,
                  .vectors = padded_units() / kernels_.lanes,
                  .start = {step.candidate, units, nullptr},
                  .operands = {weighted({step.reset, units, nullptr}, candidate_panels_, candidate_pairs_,
                                        spec_.units, padded_units())},
                  .operand_count = first ? 0 : 1};
  kernels_.gru_candidate(step);
}

void Direction::forward(const Shard& shard, std::size_t slot, const LayerInput& input) {
  ShardState& state = shards_[slot];
  for (int i = 1; i <= shard.ticks; ++i) {
    const Tick now = tick(shard, homeward_ ? shard.ticks + 1 - i : i);
    if (!homeward_) {
      if (now.rows > shard.active[static_cast<std::size_t>(now.number) - 1]) begin_onward(shard, now);
    } else if (i == 1) {
      for (Floats* start : {&before_, &memory_, &plain_}) {
        if (start->data() == nullptr) continue;
        Real* rows = start->data() + state_row(shard, now) * padded_units();
        std::fill(rows, rows + static_cast<Size>(now.rows) * padded_units(), 0.0F);
      }
    }
    step(shard, state, input, now, homeward_ ? now.number - 1 : now.number + 1, i == 1);
  }
}

}  // namespace rnnbench::fused
