#include "impls/fused/batch_plan.hpp"

#include <algorithm>
#include <numeric>

namespace rnnbench::fused {
namespace {

std::int32_t id_at(const Batch& batch, int review, int slot) {
  return batch.ids[static_cast<std::size_t>(review) * static_cast<std::size_t>(batch.time) +
                   static_cast<std::size_t>(slot)];
}

/// Padding ids in front of a review's first word.
int pads_before(const Batch& batch, int review) {
  int slot = 0;
  while (slot < batch.time && id_at(batch, review, slot) == batch.padding_id) ++slot;
  return slot;
}

}  // namespace

bool masks_words(const ModelSpec& spec) {
  return spec.embedding.spatial_dropout > 0 || spec.layers.front().input_dropout > 0;
}

Walked what_to_walk(const ModelSpec& spec, const Batch& batch, bool draws) {
  if (spec.embedding.mask_padding) return Walked::kWords;
  const bool one_way = std::ranges::none_of(spec.layers, &LayerSpec::bidirectional);
  if (!one_way) return Walked::kAll;
  if (!batch.padded_at_front) return spec.pooling == Pooling::kLastValid ? Walked::kToLast : Walked::kAll;
  if (!draws) return Walked::kSharedPads;
  // The mask of the last layer's output acts on what pooling takes, not on the states.
  bool by_review = spec.embedding.spatial_dropout > 0;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    by_review = by_review || layer.input_dropout > 0 || layer.recurrent_dropout > 0 ||
                (layer.output_dropout > 0 && i + 1 < spec.layers.size());
  }
  return by_review ? Walked::kAll : Walked::kSharedPads;
}

Planner::Planner(const ModelSpec& spec, int vocabulary)
    : spec_(spec), number_(static_cast<std::size_t>(vocabulary), -1) {}

int Planner::last_slot(const Batch& batch, int review) const {
  if (spec_.pooling != Pooling::kLastValid || batch.padded_at_front) return batch.time - 1;
  return std::max(batch.lengths[static_cast<std::size_t>(review)] - 1, 0);
}

void Planner::find_slots(const Batch& batch) {
  const auto time = static_cast<std::size_t>(batch.time);
  slots_.resize(static_cast<std::size_t>(batch.reviews) * time);
  counts_.assign(static_cast<std::size_t>(batch.reviews), 0);
  for (int review = 0; review < batch.reviews; ++review) {
    std::int32_t* slots = slots_.data() + static_cast<std::size_t>(review) * time;
    int& count = counts_[static_cast<std::size_t>(review)];
    int first = 0, end = batch.time;
    if (plan_.walked == Walked::kSharedPads) first = std::min(pads_before(batch, review), batch.time - 1);
    if (plan_.walked == Walked::kToLast) end = last_slot(batch, review) + 1;
    for (int slot = first; slot < end; ++slot) {
      if (plan_.walked == Walked::kWords && id_at(batch, review, slot) == batch.padding_id) continue;
      slots[count++] = slot;
    }
  }
}

void Planner::fill(Shard& shard, std::span<const int> reviews, const Batch& batch) {
  shard.review.assign(reviews.begin(), reviews.end());
  shard.count.clear();
  for (const int review : reviews) shard.count.push_back(counts_[static_cast<std::size_t>(review)]);
  shard.has_pads = plan_.walked == Walked::kSharedPads && !reviews.empty() && shard.count.back() < batch.time;
  if (shard.has_pads) {
    shard.review.insert(shard.review.begin(), -1);
    shard.count.insert(shard.count.begin(), batch.time);
  }
  shard.samples = static_cast<int>(shard.count.size());
  shard.ticks = shard.samples == 0 ? 0 : shard.count.front();
  shard.active.assign(static_cast<std::size_t>(shard.ticks) + 1, 0);
  shard.offset.assign(static_cast<std::size_t>(shard.ticks) + 2, 0);
  shard.first_row = plan_.rows;
  shard.first_sample = plan_.samples;
  plan_.samples += shard.samples;
  int under_way = 0;
  for (int tick = 1; tick <= shard.ticks; ++tick) {
    while (under_way < shard.samples && shard.joins(under_way) <= tick) ++under_way;
    shard.active[static_cast<std::size_t>(tick)] = under_way;
    shard.offset[static_cast<std::size_t>(tick) + 1] =
        shard.offset[static_cast<std::size_t>(tick)] + under_way;
    for (int sample = 0; sample < under_way; ++sample) {
      const int review = shard.review[static_cast<std::size_t>(sample)];
      const int nth = tick - shard.joins(sample);
      const std::int32_t slot =
          review < 0 ? nth
                     : slots_[static_cast<std::size_t>(review) * static_cast<std::size_t>(batch.time) +
                              static_cast<std::size_t>(nth)];
      plan_.row_slot.push_back(slot);
      row_id_.push_back(review < 0 ? batch.padding_id : id_at(batch, review, slot));
    }
  }
  plan_.rows += shard.rows();
  shard.onward_end.assign(static_cast<std::size_t>(shard.samples), 0);
  shard.homeward_end.assign(static_cast<std::size_t>(shard.samples), 0);
  shard.end_slot.assign(static_cast<std::size_t>(shard.samples), 0);
  for (int sample = 0; sample < shard.samples; ++sample) {
    const int review = shard.review[static_cast<std::size_t>(sample)];
    if (review < 0) continue;
    const std::int32_t* slots =
        slots_.data() + static_cast<std::size_t>(review) * static_cast<std::size_t>(batch.time);
    const int count = shard.count[static_cast<std::size_t>(sample)];
    const int last = last_slot(batch, review);
    shard.end_slot[static_cast<std::size_t>(sample)] = last;
    // Onward the state at a masked slot is that of the word before, homeward of the word behind.
    const auto up_to = static_cast<int>(std::upper_bound(slots, slots + count, last) - slots);
    const auto from = static_cast<int>(std::lower_bound(slots, slots + count, last) - slots);
    if (up_to > 0) shard.onward_end[static_cast<std::size_t>(sample)] = shard.joins(sample) + up_to - 1;
    if (from < count) shard.homeward_end[static_cast<std::size_t>(sample)] = shard.joins(sample) + from;
  }
}

/// Samples one by one, so that the words of one, and of one shard, follow each other.
void Planner::number_words(bool by_review) {
  const auto rows = static_cast<std::size_t>(plan_.rows);
  const auto forget = [&](std::size_t from) {
    for (std::size_t i = from; i < plan_.words.size(); ++i) {
      number_[static_cast<std::size_t>(plan_.words[i])] = -1;
    }
  };
  plan_.words.clear();
  plan_.word_sample.clear();
  plan_.row_word.resize(rows);
  std::size_t first = 0;  // of the words that are known by number
  for (const Shard& shard : plan_.shards) {
    for (int sample = 0; sample < shard.samples; ++sample) {
      for (int tick = shard.joins(sample); tick <= shard.ticks; ++tick) {
        const auto row =
            static_cast<std::size_t>(shard.first_row + shard.offset[static_cast<std::size_t>(tick)] + sample);
        std::int32_t& number = number_[static_cast<std::size_t>(row_id_[row])];
        if (number < 0) {
          number = static_cast<std::int32_t>(plan_.words.size());
          plan_.words.push_back(row_id_[row]);
          plan_.word_sample.push_back(shard.first_sample + sample);
        }
        plan_.row_word[row] = number;
      }
      if (!by_review) continue;
      forget(first);
      first = plan_.words.size();
    }
  }
  forget(first);
  plan_.word_begin.assign(plan_.words.size() + 1, 0);
  for (const std::int32_t word : plan_.row_word) ++plan_.word_begin[static_cast<std::size_t>(word) + 1];
  std::partial_sum(plan_.word_begin.begin(), plan_.word_begin.end(), plan_.word_begin.begin());
  plan_.word_rows.resize(rows);
  for (std::size_t row = rows; row-- > 0;) {
    const auto word = static_cast<std::size_t>(plan_.row_word[row]);
    plan_.word_rows[static_cast<std::size_t>(--plan_.word_begin[word + 1])] = static_cast<std::int32_t>(row);
  }
  // Each begin stands one place too far now, where the word after it begins.
  for (std::size_t word = 0; word + 1 < plan_.word_begin.size(); ++word) {
    plan_.word_begin[word] = plan_.word_begin[word + 1];
  }
  plan_.word_begin.back() = static_cast<std::int32_t>(rows);
}

namespace {

bool ends_at_last(const Shard& shard) {
  const auto last = [&](int tick) { return tick == 0 || tick == shard.ticks; };
  return std::ranges::all_of(shard.onward_end, last) && std::ranges::all_of(shard.homeward_end, last);
}

}  // namespace

const BatchPlan& Planner::plan(const Batch& batch, bool draws, int shards, bool everything) {
  plan_.walked = what_to_walk(spec_, batch, draws);
  if (everything && plan_.walked != Walked::kWords) plan_.walked = Walked::kAll;
  plan_.rows = plan_.samples = 0;
  plan_.row_slot.clear();
  row_id_.clear();
  find_slots(batch);
  order_.resize(static_cast<std::size_t>(batch.reviews));
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::stable_sort(order_, [&](int a, int b) {
    return counts_[static_cast<std::size_t>(a)] > counts_[static_cast<std::size_t>(b)];
  });
  plan_.shards.resize(static_cast<std::size_t>(std::clamp(shards, 1, std::max(batch.reviews, 1))));
  // Dealt out in turn, so that shards are alike.
  const std::size_t parts = plan_.shards.size();
  std::vector<int> dealt;
  for (std::size_t part = 0; part < parts; ++part) {
    dealt.clear();
    for (std::size_t i = part; i < order_.size(); i += parts) dealt.push_back(order_[i]);
    fill(plan_.shards[part], dealt, batch);
  }
  plan_.ends_at_last = std::ranges::all_of(plan_.shards, ends_at_last);
  number_words(draws && masks_words(spec_));
  return plan_;
}

}  // namespace rnnbench::fused
