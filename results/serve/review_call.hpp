#pragma once

#include <string>

#include "results/serve/site.hpp"

namespace rnnbench {

inline constexpr std::size_t kMostReviewBytes = 20'000;

/// What a run's model says of a text, and what its words are worth where there aren't too many of them.
/// Throws ConfigError for a text that is too long, has no word or is no UTF-8; what the hook throws.
ReviewCall call_review(const SiteOptions& site, RunId run, const std::string& text);

}  // namespace rnnbench
