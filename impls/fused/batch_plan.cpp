#include "impls/fused/batch_plan.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

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

bool ends_at_last(const Shard& shard) {
  const auto last = [&](int tick) { return tick == 0 || tick == shard.ticks; };
  return std::ranges::all_of(shard.onward_end, last) && std::ranges::all_of(shard.homeward_end, last);
}

void forget(std::vector<std::int32_t>& numbers, std::span<const std::int32_t> words, std::size_t from) {
  for (const std::int32_t word : words.subspan(from)) numbers[static_cast<std::size_t>(word)] = -1;
}

/// The words of a group and, by word, its rows. `place`: −1 for all words, on return too.
void list_rows(std::span<const Shard> shards, std::size_t words, std::vector<std::int32_t>& place,
               Group& group) {
  if (place.size() < words) place.resize(words, -1);
  group.words.clear();
  group.begin.assign(1, 0);
  for (const Shard& shard : shards) {
    for (const std::int32_t word : shard.row_word) {
      std::int32_t& at = place[static_cast<std::size_t>(word)];
      if (at < 0) {
        at = static_cast<std::int32_t>(group.words.size());
        group.words.push_back(word);
        group.begin.push_back(0);
      }
      ++group.begin[static_cast<std::size_t>(at) + 1];
    }
  }
  std::partial_sum(group.begin.begin(), group.begin.end(), group.begin.begin());
  group.rows_by_word.resize(static_cast<std::size_t>(group.begin.back()));
  std::vector<std::int32_t> next(group.begin.begin(), group.begin.end() - 1);
  for (const Shard& shard : shards) {
    for (std::size_t row = 0; row < shard.row_word.size(); ++row) {
      const auto at = static_cast<std::size_t>(place[static_cast<std::size_t>(shard.row_word[row])]);
      group.rows_by_word[static_cast<std::size_t>(next[at]++)] =
          shard.first_row + static_cast<std::int32_t>(row);
    }
  }
  for (const std::int32_t word : group.words) place[static_cast<std::size_t>(word)] = -1;
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

Planner::Planner(const ModelSpec& spec, int vocabulary, bool padding)
    : spec_(spec), padding_(padding), number_(static_cast<std::size_t>(vocabulary), -1) {}

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

/// Whether padding that is walked once, by a sample of its own, is less to walk than each review's.
bool Planner::shares_padding(std::span<const int> reviews, const Batch& batch) const {
  std::int64_t saved = 0;
  for (const int review : reviews) saved += batch.time - counts_[static_cast<std::size_t>(review)];
  return saved > batch.time;
}

void Planner::walk_all(std::span<const int> reviews, const Batch& batch) {
  for (const int review : reviews) {
    counts_[static_cast<std::size_t>(review)] = batch.time;
    const auto first = slots_.begin() + static_cast<std::ptrdiff_t>(review) * batch.time;
    std::iota(first, first + batch.time, 0);
  }
}

void Planner::fill(Shard& shard, std::span<const int> reviews, const Batch& batch) {
  if (plan_.walked == Walked::kSharedPads && !shares_padding(reviews, batch)) walk_all(reviews, batch);
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
  shard.first_sample = plan_.samples;
  plan_.samples += shard.samples;
  shard.row_slot.clear();
  shard.row_id.clear();
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
      shard.row_slot.push_back(slot);
      shard.row_id.push_back(review < 0 ? batch.padding_id : id_at(batch, review, slot));
    }
  }
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

/// The number of the word in a row, a new one where it has none yet.
void Planner::number_word(Shard& shard, std::size_t row, int sample, int base) {
  const std::int32_t id = shard.row_id[row];
  std::int32_t& number = number_[static_cast<std::size_t>(id)];
  if (number < 0) {
    number = static_cast<std::int32_t>(plan_.words.size());
    plan_.words.push_back(id);
    plan_.word_sample.push_back(shard.first_sample + sample);
  }
  shard.row_word[row] = number - base;
}

/// Row by row; or sample by sample where each has words of its own, so that those of one follow each other.
void Planner::number_words(Group& group, bool lists) {
  const std::span<Shard> shards = shards_of(group);
  for (Shard& shard : shards) {
    shard.row_word.resize(static_cast<std::size_t>(shard.rows()));
    if (!plan_.own_words) {
      std::size_t row = 0;
      for (int tick = 1; tick <= shard.ticks; ++tick) {
        const int active = shard.active[static_cast<std::size_t>(tick)];
        for (int sample = 0; sample < active; ++sample) number_word(shard, row++, sample, 0);
      }
      continue;
    }
    for (int sample = 0; sample < shard.samples; ++sample) {
      const std::size_t before = plan_.words.size();
      for (int tick = shard.joins(sample); tick <= shard.ticks; ++tick) {
        const int row = shard.offset[static_cast<std::size_t>(tick)] + sample;
        number_word(shard, static_cast<std::size_t>(row), sample, group.first_word);
      }
      forget(number_, plan_.words, before);
    }
  }
  if (lists) list_rows(shards, plan_.words.size(), place_, group);
}

/// Words that are not known yet.
void Planner::find_words(Group& group, std::vector<std::uint8_t>& known) {
  for (const Shard& shard : shards_of(group)) {
    for (const std::int32_t id : shard.row_id) {
      if (std::exchange(known[static_cast<std::size_t>(id)], 1) == 0) plan_.words.push_back(id);
    }
  }
}

std::span<Shard> Planner::shards_of(const Group& group) {
  return std::span(plan_.shards)
      .subspan(static_cast<std::size_t>(group.first_shard),
               static_cast<std::size_t>(group.end_shard - group.first_shard));
}

const BatchPlan& Planner::plan(const Batch& batch, bool draws, const Cut& cut, Purpose purpose,
                               std::vector<std::uint8_t>* known) {
  plan_.walked = what_to_walk(spec_, batch, draws);
  const bool everything = purpose == Purpose::kActivations || !padding_;
  if (everything && plan_.walked != Walked::kWords) plan_.walked = Walked::kAll;
  plan_.own_words = draws && masks_words(spec_);
  plan_.rows = plan_.samples = plan_.group_rows = plan_.group_words = 0;
  plan_.words.clear();
  plan_.word_sample.clear();
  find_slots(batch);
  order_.resize(static_cast<std::size_t>(batch.reviews));
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::stable_sort(order_, [&](int a, int b) {
    return counts_[static_cast<std::size_t>(a)] > counts_[static_cast<std::size_t>(b)];
  });
  const int groups = std::max((batch.reviews + cut.shards * cut.reviews - 1) / (cut.shards * cut.reviews), 1);
  plan_.groups.resize(static_cast<std::size_t>(groups));
  plan_.shards.resize(static_cast<std::size_t>(groups * cut.shards));
  for (int number = 0; number < groups; ++number) {
    Group& group = plan_.groups[static_cast<std::size_t>(number)];
    const auto at = [&](int of) { return static_cast<std::int64_t>(batch.reviews) * of / groups; };
    const auto reviews = std::span(order_).subspan(static_cast<std::size_t>(at(number)),
                                                   static_cast<std::size_t>(at(number + 1) - at(number)));
    group.first_shard = number * cut.shards;
    group.end_shard = group.first_shard + cut.shards;
    group.rows = 0;
    group.reviews = static_cast<int>(reviews.size());
    deal(group, reviews, batch);
    plan_.rows += group.rows;
    plan_.group_rows = std::max(plan_.group_rows, group.rows);
    group.first_word = static_cast<int>(plan_.words.size());
    if (known != nullptr) {
      find_words(group, *known);
    } else {
      number_words(group, purpose == Purpose::kTrain);
    }
    group.end_word = static_cast<int>(plan_.words.size());
    plan_.group_words = std::max(plan_.group_words, group.end_word - group.first_word);
  }
  if (!plan_.own_words && known == nullptr) forget(number_, plan_.words, 0);
  plan_.ends_at_last = std::ranges::all_of(plan_.shards, ends_at_last);
  return plan_;
}

/// Dealt out in turn, so that the shards of a group are alike.
void Planner::deal(Group& group, std::span<const int> reviews, const Batch& batch) {
  const auto parts = static_cast<std::size_t>(group.end_shard - group.first_shard);
  std::vector<int> dealt;
  for (std::size_t part = 0; part < parts; ++part) {
    dealt.clear();
    for (std::size_t i = part; i < reviews.size(); i += parts) dealt.push_back(reviews[i]);
    Shard& shard = plan_.shards[static_cast<std::size_t>(group.first_shard) + part];
    fill(shard, dealt, batch);
    shard.first_row = group.rows;
    group.rows += shard.rows();
  }
}

}  // namespace rnnbench::fused
