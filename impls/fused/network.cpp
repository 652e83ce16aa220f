#include "impls/fused/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

constexpr int kWordsAtOnce = 64;
constexpr int kShardReviews = 64;  // more leave the caches
constexpr int kLeastReviews = 8;   // fewer leave registers unused

int up_to(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

/// How many shards for a batch: a multiple of the threads, of at most kShardReviews each.
int shard_count(int reviews, int threads) {
  const int rounds = (reviews + threads * kShardReviews - 1) / (threads * kShardReviews);
  return std::max(1, std::min(threads * rounds, reviews / kLeastReviews));
}

}  // namespace

Network::Network(const ModelSpec& spec, int vocabulary, ThreadPool& threads, const Shortcuts& shortcuts)
    : spec_(spec),
      threads_(threads),
      weights_(spec, vocabulary),
      table_(weights_.weight("embedding.weight")),
      table_gradient_(weights_.gradient("embedding.weight")),
      kernels_(kernels()),
      planner_(spec, vocabulary),
      shortcuts_(shortcuts),
      pooled_dropout_(spec.dropout, dropout_site(DropoutKind::kPooled, 0)),
      head_(weights_, "head.", Activation::kNone) {
  int features = spec.embedding.size;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    Layer& layer = layers_.emplace_back();
    layer.spec = spec.layers[i];
    const std::string prefix = "layers." + std::to_string(i);
    layer.directions.push_back(std::make_unique<Direction>(weights_, prefix + ".", layer.spec,
                                                           /*homeward=*/false, features, shortcuts));
    if (layer.spec.bidirectional) {
      layer.directions.push_back(std::make_unique<Direction>(weights_, prefix + ".backward.", layer.spec,
                                                             /*homeward=*/true, features, shortcuts));
    }
    layer.inputs.resize(layer.directions.size());
    layer.input_masks.resize(layer.directions.size());
    layer.recurrent_masks.resize(layer.directions.size());
    features = layer.features();
  }
  for (std::size_t i = 0; i < spec.dense.size(); ++i) {
    dense_.push_back({{weights_, "dense." + std::to_string(i) + ".", spec.dense[i].activation},
                      {spec.dense[i].dropout, dropout_site(DropoutKind::kDense, i)}});
  }
}

int Network::input_width(std::size_t layer) const {
  return layer == 0 ? up_to(spec_.embedding.size, kernels_.lanes)
                    : layers_[layer - 1].count() * layers_[layer - 1].padded_units();
}

OutputMask Network::output_mask(std::size_t layer) const {
  const Layer& of = layers_[layer];
  return {of.masks_output ? of.output_mask.data() : nullptr, reviews_, of.features()};
}

void Network::walk(const Batch& batch, const Draw& draw, bool keep, bool everything) {
  reviews_ = batch.reviews;
  plan_ = &planner_.plan(batch, draw.has_value(), shard_count(batch.reviews, threads_.threads()),
                         everything || !shortcuts_.padding);
  for (Layer& layer : layers_) layer.masks_input = layer.masks_output = false;
  folds_ = shortcuts_.words;
  masks_words_ = draw && masks_words(spec_);
  const bool last_only = plan_->ends_at_last && !everything &&
                         (spec_.pooling == Pooling::kLast || spec_.pooling == Pooling::kLastValid);
  std::vector<Direction*> directions;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const int part_units = i == 0 ? spec_.embedding.size : layers_[i - 1].units();
    for (auto& direction : layers_[i].directions) {
      direction->begin(*plan_, i == 0 && folds_ ? 0 : parts_of(i), part_units, input_width(i) / parts_of(i),
                       keep, last_only && i + 1 == layers_.size());
      directions.push_back(direction.get());
    }
  }
  if (!packed_ || (keep && !packed_back_)) {
    threads_.run(static_cast<int>(directions.size()),
                 [&](int i) { directions[static_cast<std::size_t>(i)]->pack(keep); });
    packed_ = true;
    packed_back_ = keep;
  }
  if (draw) draw_masks(batch, draw);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Size rows = i == 0 && folds_ ? static_cast<Size>(plan_->words.size()) : plan_->rows;
    for (Floats& input : layers_[i].inputs) {
      if (makes_input(i)) input.room(rows * input_width(i));
    }
    if (keep && (i > 0 || !folds_)) layers_[i].gradient.room(rows * input_width(i));
  }
  if (folds_) {
    const int words = static_cast<int>(plan_->words.size());
    threads_.run((words + kWordsAtOnce - 1) / kWordsAtOnce, [&](int piece) {
      const int begin = piece * kWordsAtOnce;
      make_words(begin, std::min(begin + kWordsAtOnce, words));
    });
  }
  while (pools_.size() < plan_->shards.size()) {
    std::vector<Pool>& pools = pools_.emplace_back();
    for (std::size_t d = 0; d < layers_.back().directions.size(); ++d) pools.emplace_back(spec_.pooling);
  }
  walk_shards();
  gather_pooled();
}

/// The first layer's share of the gates of words [begin, end).
void Network::make_words(int begin, int end) {
  Layer& first = layers_[0];
  const int size = spec_.embedding.size, width = input_width(0);
  for (std::size_t d = 0; d < first.directions.size(); ++d) {
    for (int word = begin; masks_words_ && word < end; ++word) {
      const auto at = static_cast<std::size_t>(word);
      const Real* from = table_.data() + static_cast<Size>(plan_->words[at]) * size;
      Real* to = first.inputs[d].data() + static_cast<Size>(word) * width;
      std::copy(from, from + size, to);
      kernels_.multiply(to, first.input_masks[d].data() + static_cast<Size>(plan_->word_sample[at]) * width,
                        size);
    }
    first.directions[d]->project_words(words_of(d), size, begin, end);
  }
}

/// The rows of the words that a direction of the first layer reads.
Rows Network::words_of(std::size_t direction) const {
  if (masks_words_) return {layers_[0].inputs[direction].data(), input_width(0), nullptr};
  return {table_.data(), spec_.embedding.size, plan_->words.data()};
}

/// A shard is a thread's, through all layers; where there are too few of them, threads share its directions.
void Network::walk_shards() {
  const int shards = static_cast<int>(plan_->shards.size());
  if (shards >= threads_.threads()) {
    return threads_.run(shards, [&](int shard) {
      const auto number = static_cast<std::size_t>(shard);
      for (std::size_t i = 0; i < layers_.size(); ++i) {
        for (std::size_t d = 0; d < layers_[i].directions.size(); ++d) walk_direction(i, d, number);
      }
      pool_shard(number);
    });
  }
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const int directions = layers_[i].count();
    threads_.run(shards * directions, [&](int piece) {
      walk_direction(i, static_cast<std::size_t>(piece % directions),
                     static_cast<std::size_t>(piece / directions));
    });
  }
  for (int shard = 0; shard < shards; ++shard) pool_shard(static_cast<std::size_t>(shard));
}

void Network::walk_direction(std::size_t layer, std::size_t direction, std::size_t number) {
  const Shard& shard = plan_->shards[number];
  layers_[layer].directions[direction]->forward(shard, number, *plan_, make_input(layer, direction, shard));
}

void Network::pool_shard(std::size_t number) {
  const Shard& shard = plan_->shards[number];
  Layer& last = layers_.back();
  for (std::size_t d = 0; d < last.directions.size(); ++d) {
    const Direction& direction = *last.directions[d];
    pools_[number][d].forward(
        shard, *plan_, d == 1,
        direction.output() + static_cast<Size>(shard.first_row) * direction.padded_units(),
        direction.padded_units(), direction.units(), output_mask(layers_.size() - 1),
        static_cast<int>(d) * direction.units());
  }
}

/// Whether what a layer reads is made for it: masked, or rows of the embedding.
bool Network::makes_input(std::size_t layer) const {
  if (layer == 0) return masks_words_ || !folds_;
  return layers_[layer].masks_input || layers_[layer - 1].masks_output;
}

/// What a direction reads, without making it.
LayerInput Network::input_of(std::size_t layer, std::size_t direction) {
  if (layer == 0 && folds_) return {};
  const bool own = makes_input(layer);
  LayerInput input{.count = parts_of(layer)};
  for (std::size_t part = 0; part < static_cast<std::size_t>(input.count); ++part) {
    input.parts[part] = own ? layers_[layer].inputs[direction].data() +
                                  part * static_cast<std::size_t>(input_width(layer) / input.count)
                            : layers_[layer - 1].directions[part]->output();
  }
  input.stride = own ? input_width(layer) : layers_[layer - 1].padded_units();
  return input;
}

/// Writes the shard's rows of what a direction reads where masks make it differ from the outputs below.
LayerInput Network::make_input(std::size_t layer, std::size_t direction, const Shard& shard) {
  const LayerInput input = input_of(layer, direction);
  Layer& of = layers_[layer];
  if (input.count == 0 || !makes_input(layer)) return input;
  const int width = input_width(layer), parts = parts_of(layer), part_width = width / parts;
  const OutputMask below = layer > 0 ? output_mask(layer - 1) : OutputMask{};
  const Real* mask = of.masks_input
                         ? of.input_masks[direction].data() + static_cast<Size>(shard.first_sample) * width
                         : nullptr;
  Real* to = of.inputs[direction].data() + static_cast<Size>(shard.first_row) * width;
  for (int tick = 1; tick <= shard.ticks; ++tick) {
    for (int sample = 0; sample < shard.active[static_cast<std::size_t>(tick)]; ++sample, to += width) {
      const int row = shard.first_row + shard.offset[static_cast<std::size_t>(tick)] + sample;
      for (int part = 0; part < parts; ++part) {
        const int units = layer == 0 ? spec_.embedding.size : layers_[layer - 1].units();
        const Real* from = layer == 0
                               ? table_.data() + static_cast<Size>(plan_->words[static_cast<std::size_t>(
                                                     plan_->row_word[static_cast<std::size_t>(row)])]) *
                                                     units
                               : layers_[layer - 1].directions[static_cast<std::size_t>(part)]->output() +
                                     static_cast<Size>(row) * part_width;
        Real* part_to = to + part * part_width;
        std::copy(from, from + units, part_to);
        if (below.data != nullptr) {
          kernels_.multiply(part_to,
                            below.row(plan_->row_slot[static_cast<std::size_t>(row)],
                                      shard.review[static_cast<std::size_t>(sample)]) +
                                part * units,
                            units);
        }
        if (mask != nullptr)
          kernels_.multiply(part_to, mask + static_cast<Size>(sample) * width + part * part_width, units);
      }
    }
  }
  return input;
}

/// Pooled features of all reviews, in their order.
void Network::gather_pooled() {
  Layer& last = layers_.back();
  pooled_.resize(reviews_, last.features());
  for (std::size_t number = 0; number < plan_->shards.size(); ++number) {
    const Shard& shard = plan_->shards[number];
    for (int sample = 0; sample < shard.samples; ++sample) {
      const int review = shard.review[static_cast<std::size_t>(sample)];
      if (review < 0) continue;
      for (std::size_t d = 0; d < last.directions.size(); ++d) {
        const Real* from = pools_[number][d].pooled(sample);
        std::copy(from, from + last.units(),
                  pooled_.row(review).data() + static_cast<Size>(d) * last.units());
      }
    }
  }
}

eigen::MatrixMap<Real> Network::classify(const Draw& draw) {
  features_.clear();
  features_.push_back(pooled_dropout_.forward({pooled_.data(), pooled_.rows(), pooled_.cols()}, draw));
  for (DenseLayer& layer : dense_) {
    features_.push_back(layer.dropout.forward(layer.dense.forward(features_.back()), draw));
  }
  return head_.forward(features_.back());
}

eigen::BatchLoss Network::forward(const Batch& batch, const Draw& draw) {
  walk(batch, draw, /*keep=*/true);
  logits_ = classify(draw);
  return eigen::loss_and_gradient<Real>(spec_.head, batch.labels, logits_);
}

void Network::predict(const Batch& batch, std::span<float> positive) {
  walk(batch, std::nullopt, /*keep=*/false);
  const eigen::MatrixMap<Real> logits = classify(std::nullopt);
  for (int review = 0; review < batch.reviews; ++review) {
    positive[static_cast<std::size_t>(review)] =
        static_cast<float>(eigen::positive_probability<Real>(spec_.head, logits, review));
  }
}

StepExplanation Network::explain(const Batch& batch) {
  const BatchPlan& plan = planner_.plan(batch, /*draws=*/true, shard_count(batch.reviews, threads_.threads()),
                                        !shortcuts_.padding);
  return fused::explain(spec_, batch, plan, shortcuts_.words, weights_.gradients().size());
}

namespace {

/// A masked slot has the state of the step before, onward or homeward.
void pass_through(const Batch& batch, Tensor& tensor, int first, int units, bool homeward) {
  const auto row = [&](int slot, int review) {
    return tensor.values.begin() +
           (static_cast<std::ptrdiff_t>(slot) * batch.reviews + review) * tensor.shape[2] + first;
  };
  for (int i = 1; i < batch.time; ++i) {
    const int slot = homeward ? batch.time - 1 - i : i;
    for (int review = 0; review < batch.reviews; ++review) {
      if (batch.ids[static_cast<std::size_t>(review * batch.time + slot)] != batch.padding_id) continue;
      const auto before = row(homeward ? slot + 1 : slot - 1, review);
      std::copy(before, before + units, row(slot, review));
    }
  }
}

}  // namespace

Parameters Network::activations(const Batch& batch) {
  walk(batch, std::nullopt, /*keep=*/true, /*everything=*/true);
  classify(std::nullopt);
  Parameters outputs;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Size features = layer.features();
    Tensor& tensor = outputs["layers." + std::to_string(i)];
    tensor.shape = {batch.time, batch.reviews, features};
    tensor.values.assign(static_cast<std::size_t>(batch.time * batch.reviews * features), 0);
    for (std::size_t d = 0; d < layer.directions.size(); ++d) {
      const int first = static_cast<int>(d) * layer.units();
      for (const Shard& shard : plan_->shards) {
        for (int tick = 1; tick <= shard.ticks; ++tick) {
          const auto at = static_cast<std::size_t>(tick);
          for (int sample = 0; sample < shard.active[at]; ++sample) {
            const int row = shard.first_row + shard.offset[at] + sample;
            const Size slot = plan_->row_slot[static_cast<std::size_t>(row)];
            const int review = shard.review[static_cast<std::size_t>(sample)];
            const Real* from = layer.directions[d]->output() + static_cast<Size>(row) * layer.padded_units();
            std::copy(from, from + layer.units(),
                      tensor.values.begin() + (slot * batch.reviews + review) * features + first);
          }
        }
      }
      if (spec_.embedding.mask_padding) pass_through(batch, tensor, first, layer.units(), d == 1);
    }
  }
  for (std::size_t i = 0; i < dense_.size(); ++i) {
    const eigen::MatrixMap<Real>& values = features_[i + 1];
    outputs["dense." + std::to_string(i)] = {{batch.reviews, values.cols()},
                                             {values.data(), values.data() + values.size()}};
  }
  return outputs;
}

}  // namespace rnnbench::fused
