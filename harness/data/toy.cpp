#include "harness/data/toy.hpp"

#include <cstdint>
#include <set>
#include <string>

#include "harness/core/philox.hpp"
#include "harness/data/toy_grammar.hpp"

namespace rnnbench {
namespace {

constexpr std::uint64_t kSeed = 2026;
constexpr std::int32_t kTrainTwins = 1000;
constexpr std::int32_t kTestTwins = 500;

}  // namespace

ReviewSet make_toy_reviews() {
  RandomStream random(kSeed, 0);
  ReviewSet reviews;
  std::set<std::string> seen;
  for (std::int32_t twins = 0; twins < kTrainTwins + kTestTwins;) {
    const std::array<std::string, 2> texts = draw_toy_twins(random);
    if (!seen.insert(texts[0]).second) continue;
    const bool train = twins < kTrainTwins;
    for (std::uint8_t label = 0; label < 2; ++label) {
      reviews.add(texts[label], label, train ? Part::kTrain : Part::kTest,
                  train ? twins : twins - kTrainTwins, 0);
    }
    ++twins;
  }
  return reviews;
}

}  // namespace rnnbench
