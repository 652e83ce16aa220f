#include <algorithm>
#include <cmath>
#include <numeric>

#include "impls/fused/network.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

}  // namespace

void Network::backward(const Batch& batch, const Group& group) {
  head_backward(group);
  threads_.run(slots(), [&](int slot) { backward_shard(group, static_cast<std::size_t>(slot)); });
  sum_words(group);
  if (folds_ && plan_->own_words) {
    words_backward(batch, group.first_word, group.end_word - group.first_word);
  } else if (!folds_ && table_gradient_.rows() > 0) {
    add_rows(batch, group);
  }
}

void Network::collect_gradients() {
  std::vector<Direction*> directions;
  for (Layer& layer : layers_) {
    for (auto& direction : layer.directions) directions.push_back(direction.get());
  }
  threads_.run(static_cast<int>(directions.size()),
               [&](int i) { directions[static_cast<std::size_t>(i)]->collect_gradients(); });
}

void Network::backward_shard(const Group& group, std::size_t slot) {
  const Shard& shard = shard_of(group, slot);
  for (std::size_t i = layers_.size(); i-- > 0;) {
    Layer& layer = layers_[i];
    const bool is_last = i + 1 == layers_.size();
    const OutputMask mask = output_mask(i);
    for (std::size_t d = 0; d < layer.directions.size(); ++d) {
      Direction& direction = *layer.directions[d];
      const auto from_pool = [&](int tick, Real* carried) { pools_[slot][d].above(shard, tick, carried); };
      const auto from_layer = [&](int tick, Real* carried) {
        const int width = input_width(i + 1), units = layer.padded_units();
        const int first = shard.offset[static_cast<std::size_t>(tick)];
        for (int sample = 0; sample < shard.active[static_cast<std::size_t>(tick)]; ++sample) {
          const int row = first + sample;
          const Real* gradient = layers_[i + 1].gradient.data() +
                                 static_cast<Size>(shard.first_row + row) * width +
                                 static_cast<Size>(d) * units;
          Real* to = carried + static_cast<Size>(sample) * units;
          if (mask.mask.stays == nullptr) {
            kernels_.add(to, gradient, units);
          } else {
            const int place = shard.row_slot[static_cast<std::size_t>(row)];
            const ByteMask of_row = mask.row(place, shard.review[static_cast<std::size_t>(sample)]);
            kernels_.add_masked(to, gradient, of_row.from(static_cast<Size>(d) * layer.units()),
                                layer.units());
          }
        }
      };
      InputGradient gradient{.stride = input_width(i), .add = d > 0};
      const bool wanted = i > 0 || (!folds_ && table_gradient_.rows() > 0);
      if (wanted) gradient.data = layer.gradient.data();
      if (layer.masks_input) {
        gradient.mask = layer.input_masks[d].data() + static_cast<Size>(shard.first_sample) * input_width(i);
      }
      direction.backward(shard, slot, input_of(i, d), is_last ? Direction::Above(from_pool) : from_layer,
                         gradient);
    }
  }
}

/// Sums the gradients of a group's rows by word.
void Network::sum_words(const Group& group) {
  if (!folds_) return;
  const int words = static_cast<int>(group.words.size());
  threads_.run((words + kWordsAtOnce - 1) / kWordsAtOnce, [&](int piece) {
    const int begin = piece * kWordsAtOnce, end = std::min(begin + kWordsAtOnce, words);
    for (auto& direction : layers_[0].directions) direction->sum_words(group, begin, end);
  });
}

/// The way back from these sums of `words` words, which are those of the plan from `base` on.
void Network::words_backward(const Batch& batch, int base, int words) {
  Layer& first = layers_[0];
  const bool trains = table_gradient_.rows() > 0;
  const int width = input_width(0), parts = slots();
  Real* rows = trains ? words_gradient_.room(static_cast<Size>(words) * width) : nullptr;
  threads_.run(parts, [&](int part) {
    const int begin = static_cast<int>(static_cast<Size>(words) * part / parts);
    const int end = static_cast<int>(static_cast<Size>(words) * (part + 1) / parts);
    for (std::size_t d = 0; d < first.directions.size(); ++d) {
      const InputGradient gradient{.data = rows,
                                   .stride = width,
                                   .mask = plan_->own_words ? first.input_masks[d].data() : nullptr,
                                   .add = d > 0};
      first.directions[d]->words_backward(words_of(d), plan_->word_sample.data() + base, spec_.embedding.size,
                                          begin, end, static_cast<std::size_t>(part), gradient);
    }
  });
  if (!trains) return;
  add_to_table(
      batch, std::span(plan_->words).subspan(static_cast<std::size_t>(base), static_cast<std::size_t>(words)),
      rows);
}

/// The gradients of a group's rows of the embedding into the embedding's, where words aren't folded.
void Network::add_rows(const Batch& batch, const Group& group) {
  for (std::size_t slot = 0; slot < static_cast<std::size_t>(slots()); ++slot) {
    const Shard& shard = shard_of(group, slot);
    add_to_table(batch, shard.row_id,
                 layers_[0].gradient.data() + static_cast<Size>(shard.first_row) * input_width(0));
  }
}

/// Adds gradients of rows of the embedding, whose words are `ids`, to it; each thread does some features.
void Network::add_to_table(const Batch& batch, std::span<const std::int32_t> ids, const Real* rows) {
  const std::int32_t left_out = spec_.embedding.zero_padding ? batch.padding_id : -1;
  for (const std::int32_t id : ids) {
    if (id == left_out || is_touched_[static_cast<std::size_t>(id)]) continue;
    touched_.push_back(id);
    is_touched_[static_cast<std::size_t>(id)] = 1;
  }
  const int size = spec_.embedding.size, width = input_width(0), lanes = kernels_.lanes;
  const int wide = up_to((size + threads_.threads() - 1) / threads_.threads(), lanes);
  threads_.run((size + wide - 1) / wide, [&](int part) {
    const int first = part * wide, count = std::min(wide, size - first);
    const Real* row = rows + first;
    for (const std::int32_t id : ids) {
      if (id != left_out) kernels_.add(table_gradient_.row(id).data() + first, row, count);
      row += width;
    }
  });
}

/// The embedding's gradient becomes zero again.
void Network::forget_words() {
  for_touched([&](int /*piece*/, std::int32_t id) {
    table_gradient_.row(id).setZero();
    is_touched_[static_cast<std::size_t>(id)] = 0;
  });
  touched_.clear();
}

/// Calls `use(piece, id)` for the touched rows, in pieces of kWordsAtOnce on all threads.
template <typename Use>
void Network::for_touched(const Use& use) {
  const int words = static_cast<int>(touched_.size());
  threads_.run((words + kWordsAtOnce - 1) / kWordsAtOnce, [&](int piece) {
    const int begin = piece * kWordsAtOnce, end = std::min(begin + kWordsAtOnce, words);
    for (int i = begin; i < end; ++i) use(piece, touched_[static_cast<std::size_t>(i)]);
  });
}

double Network::gradient_norm() {
  std::vector<double> sums(touched_.size() / kWordsAtOnce + 1);
  for_touched([&](int piece, std::int32_t id) {
    sums[static_cast<std::size_t>(piece)] +=
        kernels_.squared_sum(table_gradient_.row(id).data(), table_gradient_.cols());
  });
  double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
  for (const auto& [name, slot] : weights_.slots()) {
    if (name == "embedding.weight") continue;
    sum += kernels_.squared_sum(weights_.gradients().data() + slot.offset, slot.size);
  }
  return std::sqrt(sum);
}

}  // namespace rnnbench::fused
