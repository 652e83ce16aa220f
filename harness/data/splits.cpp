#include "harness/data/splits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <unordered_set>

#include "harness/core/error.hpp"
#include "harness/core/philox.hpp"

namespace rnnbench {
namespace {

using Rows = std::vector<std::uint32_t>;

// Numbers of the random streams; a change of one moves data between parts.
constexpr std::uint64_t kShuffleStream = 0;
constexpr std::uint64_t kTrainStream = 2;
constexpr std::uint64_t kValidationStream = 4;
constexpr std::uint64_t kTestStream = 6;

std::size_t share(std::size_t count, double fraction) {
  return static_cast<std::size_t>(std::llround(static_cast<double>(count) * fraction));
}

Split official(const ReviewSet& reviews) {
  Split split;
  for (std::uint32_t row = 0; row < reviews.size(); ++row) {
    const Part part = reviews.reviews()[row].part;
    if (part == Part::kNone) {
      throw ConfigError(
          "data.split: this source doesn't say which reviews train and which test; give "
          "split = { kind = \"shuffled\", train = 0.8, test = 0.2, seed = 1 } or kind = \"in_order\"");
    }
    (part == Part::kTrain ? split.train : split.test).push_back(row);
  }
  return split;
}

Split by_fractions(const ReviewSet& reviews, const SplitSpec& spec) {
  Rows rows(reviews.size());
  std::iota(rows.begin(), rows.end(), 0U);
  if (spec.kind == SplitKind::kShuffled) {
    RandomStream random(spec.seed, kShuffleStream);
    shuffle(rows, random);
  }
  const std::size_t train_end = std::min(share(rows.size(), spec.train), rows.size());
  const std::size_t validation_end = std::min(train_end + share(rows.size(), spec.validation), rows.size());
  const auto at = [&](std::size_t row) { return rows.begin() + static_cast<std::ptrdiff_t>(row); };
  return {Rows(at(0), at(train_end)), Rows(at(train_end), at(validation_end)),
          Rows(at(validation_end), rows.end())};
}

void take_validation(Split& split, double fraction) {
  const std::size_t kept = split.train.size() - share(split.train.size(), fraction);
  const auto end = split.train.begin() + static_cast<std::ptrdiff_t>(kept);
  split.validation.insert(split.validation.end(), end, split.train.end());
  split.train.erase(end, split.train.end());
}

/// Takes out of `rows` the reviews whose text stands in `later` too.
void drop_repeats(Rows& rows, const Rows& later, const ReviewSet& reviews) {
  std::unordered_set<std::string_view> texts;
  for (const std::uint32_t row : later) texts.insert(reviews.reviews()[row].text);
  std::erase_if(rows, [&](std::uint32_t row) { return texts.contains(reviews.reviews()[row].text); });
}

void limit(Rows& rows, int most, std::uint64_t seed, std::uint64_t stream, const ReviewSet& reviews) {
  const auto target = static_cast<std::size_t>(most);
  if (target == 0 || target >= rows.size()) return;
  std::array<Rows, 2> places;  // by label: indices into `rows`
  for (std::uint32_t i = 0; i < rows.size(); ++i) places[reviews.reviews()[rows[i]].label].push_back(i);
  const std::size_t positive =
      share(target, static_cast<double>(places[1].size()) / static_cast<double>(rows.size()));
  for (std::size_t label = 0; label < 2; ++label) {
    RandomStream random(seed, stream + label);
    shuffle(places[label], random);
    places[label].resize(label == 1 ? positive : target - positive);
  }
  Rows chosen = places[0];
  chosen.insert(chosen.end(), places[1].begin(), places[1].end());
  std::sort(chosen.begin(), chosen.end());
  for (std::uint32_t& place : chosen) place = rows[place];
  rows = std::move(chosen);
}

}  // namespace

Split split_reviews(const ReviewSet& reviews, const DataSpec& spec) {
  Split split =
      spec.split.kind == SplitKind::kOfficial ? official(reviews) : by_fractions(reviews, spec.split);
  take_validation(split, spec.validation);
  if (spec.drop_repeats) {
    drop_repeats(split.validation, split.test, reviews);
    drop_repeats(split.train, split.test, reviews);
    drop_repeats(split.train, split.validation, reviews);
  }
  limit(split.train, spec.limit.train, spec.limit.seed, kTrainStream, reviews);
  limit(split.validation, spec.limit.validation, spec.limit.seed, kValidationStream, reviews);
  limit(split.test, spec.limit.test, spec.limit.seed, kTestStream, reviews);
  if (split.train.empty()) {
    throw ConfigError("data.split: no review is left to train on; give train a larger share of more reviews");
  }
  return split;
}

}  // namespace rnnbench
