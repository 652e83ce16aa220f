#include "results/serve/review_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostWordsErased = 600;  // each is judged again without

std::size_t words_in(const std::string& text) {
  std::istringstream stream(text);
  return static_cast<std::size_t>(
      std::distance(std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()));
}

}  // namespace

ReviewCall call_review(const SiteOptions& site, RunId run, const std::string& text) {
  if (text.size() > kMostReviewBytes)
    throw ConfigError(
        fmt::format("the review has {} bytes; at most {} are judged", text.size(), kMostReviewBytes));
  const std::size_t words = words_in(text);
  if (words == 0) throw ConfigError("the review has no words");
  return site.hooks.call_review(run, text, words <= kMostWordsErased);
}

}  // namespace rnnbench
