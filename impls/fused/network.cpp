#include "impls/fused/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

constexpr int kLeastReviews = 8;     // of a shard: fewer leave registers unused
constexpr int kTrainedReviews = 16;  // at most: more use them no better, and leave the caches sooner
constexpr Size kTrainedBytes = Size{1} << 21U;  // of a shard's rows, which the way back finds in the caches
constexpr int kReadReviews = 64;                // of a shard, where nothing goes back
constexpr int kLeastOwnFeatures = 64;           // see folds_words
constexpr Size kKeptBytes = Size{1} << 29U;     // of words' products at most

}  // namespace

Network::Network(const ModelSpec& spec, int vocabulary, ThreadPool& threads, const Shortcuts& shortcuts,
                 int shards, bool rounds)
    : spec_(spec),
      threads_(threads),
      most_shards_(shards > 0 ? shards : threads.threads()),
      weights_(spec, vocabulary),
      table_(weights_.weight("embedding.weight")),
      table_gradient_(weights_.gradient("embedding.weight")),
      kernels_(kernels()),
      planner_(spec, vocabulary, shortcuts.padding),
      shortcuts_(shortcuts),
      rounds_(rounds),
      pooled_dropout_(spec.dropout, dropout_site(DropoutKind::kPooled, 0)),
      head_(weights_, "head.", Activation::kNone) {
  is_touched_.resize(static_cast<std::size_t>(vocabulary));
  int features = spec.embedding.size;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    Layer& layer = layers_.emplace_back();
    layer.spec = spec.layers[i];
    const std::string prefix = "layers." + std::to_string(i);
    layer.directions.push_back(std::make_unique<Direction>(weights_, prefix + ".", layer.spec,
                                                           /*homeward=*/false, features, shortcuts, rounds,
                                                           rounds && i > 0));
    if (layer.spec.bidirectional) {
      layer.directions.push_back(std::make_unique<Direction>(weights_, prefix + ".backward.", layer.spec,
                                                             /*homeward=*/true, features, shortcuts, rounds,
                                                             rounds && i > 0));
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
  if (!of.masks_output) return {};
  return {{of.output_mask.data(), of.output_times}, reviews_, of.features()};
}

/// Shards as small as use the registers well, so that a group's rows are in the caches on the way back. Where
/// nothing goes back, or everything is asked for, larger ones cost nothing.
Cut Network::cut_for(const Batch& batch, Purpose purpose) const {
  const int shards = std::clamp(batch.reviews / kLeastReviews, 1, most_shards_);
  if (purpose == Purpose::kActivations) return {shards, std::max(batch.reviews, 1)};
  if (purpose == Purpose::kPredict) return {shards, kReadReviews};
  Size numbers = 0;  // that are kept of a slot: gates but a simple cell's, output and the states before it
  for (const Layer& layer : layers_) {
    const Size gates = layer.spec.cell == Cell::kRnn ? 0 : layer.directions.front()->gate_width();
    numbers += layer.count() * (gates + 3 * layer.padded_units());
  }
  const Size review = std::max<Size>(batch.time * numbers * static_cast<Size>(sizeof(Real)), 1);
  return {shards, static_cast<int>(std::clamp<Size>(kTrainedBytes / review, kLeastReviews, kTrainedReviews))};
}

void Network::begin(const Batch& batch, const Draw& draw, Purpose purpose) {
  const bool keep = purpose != Purpose::kPredict;
  reviews_ = batch.reviews;
  for (Layer& layer : layers_) layer.masks_input = layer.masks_output = false;
  begin_keeping_words(purpose);
  plan_and_draw(batch, draw, purpose);
  folds_ = folds_words(*plan_);
  const bool last_only = plan_->ends_at_last && purpose != Purpose::kActivations &&
                         (spec_.pooling == Pooling::kLast || spec_.pooling == Pooling::kLastValid);
  std::vector<Direction*> directions;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const int part_units = i == 0 ? spec_.embedding.size : layers_[i - 1].units();
    for (auto& direction : layers_[i].directions) {
      direction->begin(*plan_, i == 0 && folds_ ? 0 : parts_of(i), part_units, input_width(i) / parts_of(i),
                       keep, last_only && i + 1 == layers_.size());
      if (i == 0 && keeps_words_) direction->keep_words(static_cast<int>(table_.rows()));
      directions.push_back(direction.get());
    }
  }
  if (!packed_ || (keep && !packed_back_) || (!keep && packed_back_ && rounds_)) {
    threads_.run(static_cast<int>(directions.size()),
                 [&](int i) { directions[static_cast<std::size_t>(i)]->pack(keep); });
    packed_ = true;
    packed_back_ = keep;
  }
  if (draw) draw_masks(batch, draw);
  pooled_dropout_.draw(batch.reviews, layers_.back().features(), draw);
  for (DenseLayer& layer : dense_) layer.dropout.draw(batch.reviews, layer.dense.units(), draw);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Size rows = i == 0 && folds_ ? plan_->group_words : plan_->group_rows;
    for (Floats& input : layers_[i].inputs) {
      if (makes_input(i)) input.room(rows * input_width(i));
    }
    if (keep && (i > 0 || !folds_)) layers_[i].gradient.room(rows * input_width(i));
  }
  while (pools_.size() < static_cast<std::size_t>(slots())) {
    std::vector<Pool>& pools = pools_.emplace_back();
    for (std::size_t d = 0; d < layers_.back().directions.size(); ++d) pools.emplace_back(spec_.pooling);
  }
}

void Network::walk(const Group& group) {
  if (folds_) {
    const int base = word_base(group), begin = group.first_word - base, end = group.end_word - base;
    threads_.run((end - begin + kWordsAtOnce - 1) / kWordsAtOnce, [&](int piece) {
      const int first = begin + piece * kWordsAtOnce;
      make_words(group, first, std::min(first + kWordsAtOnce, end));
    });
  }
  walk_shards(group);
  gather_pooled(group);
}

/// The first layer's share of the gates of words [begin, end).
void Network::make_words(const Group& group, int begin, int end) {
  Layer& first = layers_[0];
  const int size = spec_.embedding.size, width = input_width(0);
  for (std::size_t d = 0; d < first.directions.size(); ++d) {
    for (int word = begin; plan_->own_words && word < end; ++word) {
      const auto at = static_cast<std::size_t>(word_base(group) + word);
      const Real* from = table_.data() + static_cast<Size>(plan_->words[at]) * size;
      Real* to = first.inputs[d].data() + static_cast<Size>(word) * width;
      std::copy(from, from + size, to);
      kernels_.multiply(to, first.input_masks[d].data() + static_cast<Size>(plan_->word_sample[at]) * width,
                        size);
    }
    first.directions[d]->project_words(words_of(d), size, begin, end, plan_->words.data());
  }
}

/// The rows of the words that a direction of the first layer reads: of the group's where each review has its
/// own.
Rows Network::words_of(std::size_t direction) const {
  if (plan_->own_words) return {layers_[0].inputs[direction].data(), input_width(0), nullptr};
  return {table_.data(), spec_.embedding.size, plan_->words.data()};
}

/// A shard is a thread's, through all layers; where there are too few of them, threads share its directions.
void Network::walk_shards(const Group& group) {
  if (slots() >= threads_.threads()) {
    return threads_.run(slots(), [&](int shard) {
      const auto slot = static_cast<std::size_t>(shard);
      for (std::size_t i = 0; i < layers_.size(); ++i) {
        for (std::size_t d = 0; d < layers_[i].directions.size(); ++d) walk_direction(i, d, group, slot);
      }
      pool_shard(group, slot);
    });
  }
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const int directions = layers_[i].count();
    threads_.run(slots() * directions, [&](int piece) {
      walk_direction(i, static_cast<std::size_t>(piece % directions), group,
                     static_cast<std::size_t>(piece / directions));
    });
  }
  for (int slot = 0; slot < slots(); ++slot) pool_shard(group, static_cast<std::size_t>(slot));
}

void Network::walk_direction(std::size_t layer, std::size_t direction, const Group& group, std::size_t slot) {
  const Shard& shard = shard_of(group, slot);
  layers_[layer].directions[direction]->forward(shard, slot, make_input(layer, direction, shard));
}

void Network::pool_shard(const Group& group, std::size_t slot) {
  const Shard& shard = shard_of(group, slot);
  Layer& last = layers_.back();
  for (std::size_t d = 0; d < last.directions.size(); ++d) {
    const Direction& direction = *last.directions[d];
    pools_[slot][d].forward(
        shard, d == 1, direction.output() + static_cast<Size>(shard.first_row) * direction.padded_units(),
        direction.padded_units(), direction.units(), output_mask(layers_.size() - 1),
        static_cast<int>(d) * direction.units());
  }
}

/// A word of one review comes back seldom: of few features its products take less than to keep them.
bool Network::folds_words(const BatchPlan& plan) const {
  return shortcuts_.words && (!plan.own_words || spec_.embedding.size >= kLeastOwnFeatures);
}

/// Predictions keep words' products from batch to batch, while no weight changes, in at most kKeptBytes.
void Network::begin_keeping_words(Purpose purpose) {
  Size width = 0;
  for (const auto& direction : layers_.front().directions) width += direction->gate_width();
  const Size bytes = table_.rows() * width * static_cast<Size>(sizeof(Real));
  keeps_words_ = purpose == Purpose::kPredict && shortcuts_.words && bytes <= kKeptBytes;
  if (!keeps_words_) return;
  if (!kept_are_new_) is_kept_.assign(static_cast<std::size_t>(table_.rows()), 0);
  kept_are_new_ = false;  // until the words that the plan marks are there
}

/// Whether what a layer reads is made for it: masked, or rows of the embedding.
bool Network::makes_input(std::size_t layer) const {
  if (layer == 0) return plan_->own_words || !folds_;
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
      const int row = shard.offset[static_cast<std::size_t>(tick)] + sample;
      const auto at = static_cast<std::size_t>(row);
      for (int part = 0; part < parts; ++part) {
        const int units = layer == 0 ? spec_.embedding.size : layers_[layer - 1].units();
        const Real* from = layer == 0
                               ? table_.data() + static_cast<Size>(shard.row_id[at]) * units
                               : layers_[layer - 1].directions[static_cast<std::size_t>(part)]->output() +
                                     static_cast<Size>(shard.first_row + row) * part_width;
        Real* part_to = to + part * part_width;
        std::copy(from, from + units, part_to);
        if (below.mask.stays != nullptr) {
          const ByteMask of_row =
              below.row(shard.row_slot[at], shard.review[static_cast<std::size_t>(sample)]);
          kernels_.mask(part_to, of_row.from(static_cast<Size>(part) * units), units);
        }
        if (mask != nullptr)
          kernels_.multiply(part_to, mask + static_cast<Size>(sample) * width + part * part_width, units);
      }
    }
  }
  return input;
}

eigen::BatchLoss Network::gradients(const Batch& batch, const Draw& draw, PhaseClock& phases) {
  begin(batch, draw, Purpose::kTrain);
  forget_words();
  eigen::BatchLoss total;
  for (const Group& group : plan_->groups) {
    walk(group);
    const eigen::BatchLoss loss = lose(batch);
    total.mean += loss.mean;
    total.correct += loss.correct;
    phases.finished(Phase::kForward);
    backward(batch, group);
    phases.finished(Phase::kBackward);
  }
  if (folds_ && !plan_->own_words) words_backward(batch, 0, static_cast<int>(plan_->words.size()));
  collect_gradients();
  phases.finished(Phase::kBackward);
  return total;
}

void Network::predict(const Batch& batch, std::span<float> positive) {
  begin(batch, std::nullopt, Purpose::kPredict);
  for (const Group& group : plan_->groups) {
    walk(group);
    const eigen::MatrixMap<Real> logits = classify();
    for (std::size_t i = 0; i < group_reviews_.size(); ++i) {
      positive[static_cast<std::size_t>(group_reviews_[i])] = static_cast<float>(
          eigen::positive_probability<Real>(spec_.head, logits, static_cast<eigen::Index>(i)));
    }
  }
  kept_are_new_ = keeps_words_;
}

StepExplanation Network::explain(const Batch& batch, bool idles) {
  const BatchPlan& plan = planner_.plan(batch, /*draws=*/true, cut_for(batch, Purpose::kTrain));
  const std::set<std::int32_t> read(batch.ids.begin(), batch.ids.end());
  const Size idle = idles ? (table_.rows() - std::ssize(read)) * table_.cols() : 0;
  return fused::explain(spec_, batch, plan, folds_words(plan), weights_.gradients().size(), idle);
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
  begin(batch, std::nullopt, Purpose::kActivations);
  walk(plan_->groups.front());
  classify();
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
            const int row = shard.offset[at] + sample;
            const Size slot = shard.row_slot[static_cast<std::size_t>(row)];
            const int review = shard.review[static_cast<std::size_t>(sample)];
            const Real* from = layer.directions[d]->output() +
                               static_cast<Size>(shard.first_row + row) * layer.padded_units();
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
    Tensor& tensor = outputs["dense." + std::to_string(i)];
    tensor.shape = {batch.reviews, values.cols()};
    tensor.values.resize(static_cast<std::size_t>(values.size()));
    for (std::size_t row = 0; row < group_reviews_.size(); ++row) {
      const auto from = values.row(static_cast<eigen::Index>(row));
      std::copy(from.begin(), from.end(), tensor.values.begin() + group_reviews_[row] * values.cols());
    }
  }
  return outputs;
}

}  // namespace rnnbench::fused
