#include "harness/data/encoded_data.hpp"

#include <algorithm>
#include <numeric>

#include "harness/core/philox.hpp"

namespace rnnbench {

Batch EncodedData::rows(const EncodedPart& part, std::size_t first, std::size_t count) const {
  const auto width = static_cast<std::size_t>(time);
  return {part.ids.subspan(first * width, count * width),
          part.lengths.subspan(first, count),
          part.labels.subspan(first, count),
          static_cast<int>(count),
          time,
          padding_id,
          padded_at_front,
          {.part = &part, .first = first}};
}

Batch BatchBuffer::gather(const EncodedData& data, const EncodedPart& part,
                          std::span<const std::uint32_t> rows) {
  const auto width = static_cast<std::size_t>(data.time);
  ids_.resize(rows.size() * width);
  lengths_.resize(rows.size());
  labels_.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = part.ids.subspan(rows[i] * width, width);
    std::copy(row.begin(), row.end(), ids_.begin() + static_cast<std::ptrdiff_t>(i * width));
    lengths_[i] = part.lengths[rows[i]];
    labels_[i] = part.labels[rows[i]];
  }
  return {ids_,
          lengths_,
          labels_,
          static_cast<int>(rows.size()),
          data.time,
          data.padding_id,
          data.padded_at_front,
          {.part = &part, .rows = rows}};
}

std::vector<std::uint32_t> epoch_order(std::size_t reviews, std::uint64_t seed, int epoch) {
  std::vector<std::uint32_t> order(reviews);
  std::iota(order.begin(), order.end(), 0U);
  RandomStream random(seed, static_cast<std::uint64_t>(epoch));
  shuffle(order, random);
  return order;
}

}  // namespace rnnbench
