#include "harness/parity/owned_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

namespace rnnbench {
namespace {

/// Steps [first, first + count) of each review.
OwnedBatch window(const OwnedBatch& batch, int first, int count) {
  OwnedBatch part = batch;
  part.time = count;
  part.ids.clear();
  for (std::size_t review = 0; review < batch.labels.size(); ++review) {
    const auto row = batch.ids.begin() + static_cast<std::ptrdiff_t>(review) * batch.time + first;
    part.ids.insert(part.ids.end(), row, row + count);
    part.lengths[review] = std::min(batch.lengths[review], count);
  }
  return part;
}

/// The review with its first word only, the rest padding.
OwnedBatch cut_to_one_word(OwnedBatch batch) {
  const bool front = batch.padded_at_front;
  const std::int32_t word = front ? batch.ids.back() : batch.ids.front();
  std::fill(batch.ids.begin(), batch.ids.end(), batch.padding_id);
  (front ? batch.ids.back() : batch.ids.front()) = word;
  batch.lengths = {1};
  return batch;
}

OwnedBatch all_padding(OwnedBatch batch) {
  std::fill(batch.ids.begin(), batch.ids.end(), batch.padding_id);
  std::fill(batch.lengths.begin(), batch.lengths.end(), 0);
  return batch;
}

std::vector<std::uint32_t> longest_first(const EncodedPart& part) {
  std::vector<std::uint32_t> order(part.reviews());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return part.lengths[a] > part.lengths[b]; });
  return order;
}

}  // namespace

Batch OwnedBatch::view() const {
  return {ids, lengths, labels, static_cast<int>(labels.size()), time, padding_id, padded_at_front};
}

OwnedBatch copy_of(const Batch& batch) {
  return {{batch.ids.begin(), batch.ids.end()},
          {batch.lengths.begin(), batch.lengths.end()},
          {batch.labels.begin(), batch.labels.end()},
          batch.time,
          batch.padding_id,
          batch.padded_at_front};
}

OwnedBatch first_reviews(const OwnedBatch& batch, int reviews) {
  const auto count = std::min(batch.labels.size(), static_cast<std::size_t>(reviews));
  OwnedBatch part = batch;
  part.ids.resize(count * static_cast<std::size_t>(batch.time));
  part.lengths.resize(count);
  part.labels.resize(count);
  return part;
}

OwnedBatch shortened(const OwnedBatch& batch, int time) {
  const int count = std::min(batch.time, time);
  return window(batch, batch.padded_at_front ? batch.time - count : 0, count);
}

std::vector<NamedBatch> odd_batches(const EncodedData& data, int reviews, std::uint64_t order_seed) {
  BatchBuffer buffer;
  const auto take = [&](const std::vector<std::uint32_t>& order, int count) {
    const std::size_t rows = std::min(order.size(), static_cast<std::size_t>(count));
    return copy_of(buffer.gather(data, data.train, std::span(order).first(rows)));
  };
  const auto order = epoch_order(data.train.reviews(), order_seed, /*epoch=*/1);
  const OwnedBatch many = take(order, reviews);
  const OwnedBatch one = first_reviews(many, 1);
  return {{fmt::format("{} reviews", many.labels.size()), many},
          {"one review", one},
          {"one word", cut_to_one_word(one)},
          {"one time step", shortened(many, 1)},
          {"all padding", all_padding(first_reviews(many, 3))},
          {"the longest reviews", take(longest_first(data.train), 3)}};
}

Parameters SmallVocabulary::rows_of(const Parameters& state) const {
  Parameters rows = state;
  for (auto& [name, tensor] : rows) {
    if (!name.ends_with("embedding.weight")) continue;
    const auto width = static_cast<std::size_t>(tensor.shape[1]);
    std::vector<double> values;
    values.reserve(kept.size() * width);
    for (const std::int32_t id : kept) {
      const auto row =
          tensor.values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(id) * width);
      values.insert(values.end(), row, row + static_cast<std::ptrdiff_t>(width));
    }
    tensor = {{size(), tensor.shape[1]}, std::move(values)};
  }
  return rows;
}

SmallVocabulary small_vocabulary(const OwnedBatch& batch, int vocabulary) {
  constexpr std::int32_t kOthers = 8;  // the first ids, whether they stand in the batch or not
  SmallVocabulary small{batch.ids, batch};
  for (std::int32_t id = 0; id < std::min(vocabulary, kOthers); ++id) small.kept.push_back(id);
  small.kept.push_back(batch.padding_id);
  std::sort(small.kept.begin(), small.kept.end());
  small.kept.erase(std::unique(small.kept.begin(), small.kept.end()), small.kept.end());
  const auto place = [&](std::int32_t id) {
    return static_cast<std::int32_t>(std::lower_bound(small.kept.begin(), small.kept.end(), id) -
                                     small.kept.begin());
  };
  std::transform(batch.ids.begin(), batch.ids.end(), small.batch.ids.begin(), place);
  small.batch.padding_id = place(batch.padding_id);
  return small;
}

}  // namespace rnnbench
