#include <algorithm>
#include <cmath>

#include "impls/fused/network.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

}  // namespace

void Network::backward(const Batch& batch) {
  head_backward();
  threads_.run(static_cast<int>(plan_->shards.size()),
               [&](int shard) { backward_shard(static_cast<std::size_t>(shard)); });
  words_backward(batch);
  std::vector<Direction*> directions;
  for (Layer& layer : layers_) {
    for (auto& direction : layer.directions) directions.push_back(direction.get());
  }
  threads_.run(static_cast<int>(directions.size()),
               [&](int i) { directions[static_cast<std::size_t>(i)]->collect_gradients(); });
}

/// From the loss to the gradients by what was pooled, which take its place.
void Network::head_backward() {
  std::vector<eigen::MatrixMap<Real>> gradients = {head_.backward(features_.back(), logits_)};
  for (std::size_t i = dense_.size(); i-- > 0;) {
    dense_[i].dropout.backward(gradients.back());
    gradients.push_back(dense_[i].dense.backward(features_[i], gradients.back()));
  }
  const eigen::MatrixMap<Real> gradient = gradients.back();
  pooled_dropout_.backward(gradient);
  const Layer& last = layers_.back();
  for (std::size_t number = 0; number < plan_->shards.size(); ++number) {
    const Shard& shard = plan_->shards[number];
    for (std::size_t d = 0; d < last.directions.size(); ++d) {
      for (int sample = 0; sample < shard.samples; ++sample) {
        const int review = shard.review[static_cast<std::size_t>(sample)];
        if (review < 0) continue;
        const Real* from = gradient.row(review).data() + static_cast<Size>(d) * last.units();
        std::copy(from, from + last.units(), pools_[number][d].pooled(sample));
      }
      pools_[number][d].begin_backward(shard);
    }
  }
}

void Network::backward_shard(std::size_t number) {
  const Shard& shard = plan_->shards[number];
  for (std::size_t i = layers_.size(); i-- > 0;) {
    Layer& layer = layers_[i];
    const bool is_last = i + 1 == layers_.size();
    const OutputMask mask = output_mask(i);
    for (std::size_t d = 0; d < layer.directions.size(); ++d) {
      Direction& direction = *layer.directions[d];
      const auto from_pool = [&](int tick, Real* carried) {
        pools_[number][d].above(shard, *plan_, tick, carried);
      };
      const auto from_layer = [&](int tick, Real* carried) {
        const int width = input_width(i + 1), units = layer.padded_units();
        const int first = shard.first_row + shard.offset[static_cast<std::size_t>(tick)];
        for (int sample = 0; sample < shard.active[static_cast<std::size_t>(tick)]; ++sample) {
          const int row = first + sample;
          const Real* gradient =
              layers_[i + 1].gradient.data() + static_cast<Size>(row) * width + static_cast<Size>(d) * units;
          Real* to = carried + static_cast<Size>(sample) * units;
          if (mask.data == nullptr) {
            kernels_.add(to, gradient, units);
          } else {
            const int slot = plan_->row_slot[static_cast<std::size_t>(row)];
            kernels_.add_product(to, gradient,
                                 mask.row(slot, shard.review[static_cast<std::size_t>(sample)]) +
                                     d * static_cast<std::size_t>(layer.units()),
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
      direction.backward(shard, number, input_of(i, d), is_last ? Direction::Above(from_pool) : from_layer,
                         gradient);
    }
  }
}

/// The embedding's gradient: a row a distinct word.
void Network::words_backward(const Batch& batch) {
  Layer& first = layers_[0];
  const bool trains = table_gradient_.rows() > 0;
  if (!folds_ && !trains) return;
  const int words = static_cast<int>(plan_->words.size()), width = input_width(0);
  const int parts = static_cast<int>(plan_->shards.size());
  Real* rows = words_gradient_.room(static_cast<Size>(words) * width);
  threads_.run(parts, [&](int part) {
    const int begin = static_cast<int>(static_cast<Size>(words) * part / parts);
    const int end = static_cast<int>(static_cast<Size>(words) * (part + 1) / parts);
    if (!folds_) {
      for (int word = begin; word < end; ++word) {
        const std::int32_t row = plan_->word_begin[static_cast<std::size_t>(word)];
        kernels_.sum_rows(first.gradient.data(), width, plan_->word_rows.data() + row,
                          plan_->word_begin[static_cast<std::size_t>(word) + 1] - row, width,
                          rows + static_cast<Size>(word) * width);
      }
      return;
    }
    for (std::size_t d = 0; d < first.directions.size(); ++d) {
      const InputGradient gradient{.data = trains ? rows : nullptr,
                                   .stride = width,
                                   .mask = masks_words_ ? first.input_masks[d].data() : nullptr,
                                   .add = d > 0};
      first.directions[d]->words_backward(*plan_, words_of(d), spec_.embedding.size, begin, end,
                                          static_cast<std::size_t>(part), gradient);
    }
  });
  if (trains) add_words(batch, rows);
}

/// The gradients of words, which may be of several reviews each, into the embedding's.
void Network::add_words(const Batch& batch, const Real* rows) {
  for (const std::int32_t word : touched_) table_gradient_.row(word).setZero();
  touched_.clear();
  for (const std::int32_t id : plan_->words) {
    if (!spec_.embedding.zero_padding || id != batch.padding_id) {
      kernels_.add(table_gradient_.row(id).data(), rows, spec_.embedding.size);
      touched_.push_back(id);
    }
    rows += input_width(0);
  }
  if (!masks_words_) return;
  std::ranges::sort(touched_);
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
}

double Network::gradient_norm() const {
  double sum = 0;
  for (const std::int32_t word : touched_) {
    sum += kernels_.squared_sum(table_gradient_.row(word).data(), table_gradient_.cols());
  }
  for (const auto& [name, slot] : weights_.slots()) {
    if (name == "embedding.weight") continue;
    sum += kernels_.squared_sum(weights_.gradients().data() + slot.offset, slot.size);
  }
  return std::sqrt(sum);
}

}  // namespace rnnbench::fused
