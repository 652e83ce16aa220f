#include "results/serve/review_call.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

bool has_word(const std::string& text) { return text.find_first_not_of(" \t\r\n\f\v") != std::string::npos; }

}  // namespace

ReviewCall call_review(const SiteOptions& site, RunId run, const std::string& text) {
  if (text.size() > kMostReviewBytes)
    throw ConfigError(
        fmt::format("the review has {} bytes; at most {} are judged", text.size(), kMostReviewBytes));
  if (!has_word(text)) throw ConfigError("the review has no words");
  return site.hooks.call_review(run, text, /*with_words=*/true);
}

}  // namespace rnnbench
