#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/core/sha256.hpp"
#include "harness/data/data_source.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kFingerprintTag = "rnnbench reviews 1\n";

/// Unicode 15.0, table 3-7: no overlong forms, surrogates or values beyond U+10FFFF.
bool is_valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = static_cast<utf8proc_ssize_t>(text.size());
  for (utf8proc_ssize_t at = 0; at < size;) {
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(bytes + at, size - at, &point);
    if (used <= 0) return false;
    at += used;
  }
  return true;
}

std::string fingerprint_of(const ReviewSet& reviews) {
  Sha256 hash;
  hash.update(kFingerprintTag);
  for (const Review& review : reviews.reviews()) {
    std::array<char, 10> head{static_cast<char>(review.label), static_cast<char>(review.part)};
    for (std::size_t i = 0; i < 8; ++i) head[2 + i] = static_cast<char>(review.text.size() >> (8 * i));
    hash.update(std::string_view(head.data(), head.size()));
    hash.update(review.text);
  }
  return hash.hex();
}

std::string content_digest_of(const ReviewSet& reviews) {
  std::vector<std::string> digests;
  digests.reserve(reviews.size());
  for (const Review& review : reviews.reviews()) {
    Sha256 hash;
    hash.update(review.label == 1 ? "1" : "0");
    hash.update(review.text);
    digests.push_back(hash.hex());
  }
  std::sort(digests.begin(), digests.end());
  Sha256 all;
  for (const std::string& digest : digests) all.update(digest);
  return all.hex();
}

}  // namespace

DataFacts data_facts(const ReviewSet& reviews) {
  DataFacts facts;
  facts.fingerprint = fingerprint_of(reviews);
  facts.content_digest = content_digest_of(reviews);
  facts.reviews = reviews.size();

  struct Parts {
    bool train = false, test = false;
  };
  std::unordered_map<std::string_view, Parts> texts;
  texts.reserve(reviews.size());
  for (const Review& review : reviews.reviews()) {
    Parts& parts = texts[review.text];
    parts.train |= review.part == Part::kTrain;
    parts.test |= review.part == Part::kTest;
    facts.train += review.part == Part::kTrain ? 1 : 0;
    facts.test += review.part == Part::kTest ? 1 : 0;
    facts.positive += review.label;
    facts.invalid_utf8 += is_valid_utf8(review.text) ? 0 : 1;
    facts.bytes += review.text.size();
  }
  facts.distinct = texts.size();
  facts.across_parts = static_cast<std::size_t>(std::count_if(
      texts.begin(), texts.end(), [](const auto& text) { return text.second.train && text.second.test; }));
  return facts;
}

}  // namespace rnnbench
