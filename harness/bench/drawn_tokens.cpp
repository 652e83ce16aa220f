#include "harness/bench/drawn_tokens.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/core/philox.hpp"

namespace rnnbench {
namespace {

struct Reviews {
  std::vector<std::int32_t> ids, lengths;
  std::vector<std::uint8_t> labels;
};

/// By inversion of the continuous law; never the padding.
std::int32_t draw_word(RandomStream& random, const Recipe& recipe) {
  constexpr double kShift = 2.7;
  const double top = std::log((recipe.vocabulary + kShift) / (1 + kShift));
  const double rank = (1 + kShift) * std::exp(random.uniform() * top) - kShift;
  const auto word = std::clamp(static_cast<std::int32_t>(rank), 0, recipe.vocabulary - 1);
  return word == recipe.padding_id ? (word + 1) % recipe.vocabulary : word;
}

int draw_length(RandomStream& random, int most) {
  const double words = std::min(90 * std::exp(0.65 * random.normal()), 1e6);
  return std::clamp(static_cast<int>(words), std::min(5, most), most);
}

}  // namespace

EncodedData drawn_tokens(const Recipe& recipe, std::size_t reviews, std::uint64_t seed) {
  RandomStream random(seed, 0);
  auto drawn = std::make_shared<Reviews>();
  const bool at_front = recipe.padding == End::kFront;
  for (std::size_t review = 0; review < reviews; ++review) {
    const int length = draw_length(random, recipe.length);
    const int first = at_front ? recipe.length - length : 0;
    for (int t = 0; t < recipe.length; ++t) {
      const bool is_word = t >= first && t < first + length;
      drawn->ids.push_back(is_word ? draw_word(random, recipe) : recipe.padding_id);
    }
    drawn->lengths.push_back(length);
    drawn->labels.push_back(static_cast<std::uint8_t>(random.below(2)));
  }
  EncodedData data;
  data.time = recipe.length;
  data.vocabulary = recipe.vocabulary;
  data.padding_id = recipe.padding_id;
  data.padded_at_front = at_front;
  data.train = {drawn->ids, drawn->lengths, drawn->labels, "drawn"};
  data.memory = std::move(drawn);
  return data;
}

}  // namespace rnnbench
