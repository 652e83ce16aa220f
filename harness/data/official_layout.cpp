#include "harness/data/official_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostDigits = 9;

/// Cuts the part after the last '/' off `path` and returns it.
std::string_view take_last(std::string_view& path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  return last;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int32_t to_number(std::string_view digits) {
  std::int32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool climbs(std::string_view path) {
  while (!path.empty()) {
    if (take_last(path) == "..") return true;
  }
  return false;
}

}  // namespace

std::optional<OfficialName> parse_official_name(std::string_view member,
                                                const std::filesystem::path& source) {
  std::string_view rest = member;
  std::string_view file = take_last(rest);
  const std::string_view label = take_last(rest);
  const std::string_view part = take_last(rest);
  if ((label != "pos" && label != "neg") || (part != "train" && part != "test")) return std::nullopt;
  if (!file.ends_with(".txt")) return std::nullopt;
  file.remove_suffix(4);
  const std::size_t mark = file.find('_');
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view id = file.substr(0, mark);
  const std::string_view rating = file.substr(mark + 1);
  if (!all_digits(id) || !all_digits(rating)) return std::nullopt;
  if (climbs(rest) || id.size() > kMostDigits || rating.size() > kMostDigits) {
    throw DataError(fmt::format("{}: refused the review name '{}'; take the set from its official source",
                                source.string(), member));
  }
  return OfficialName{part == "train" ? Part::kTrain : Part::kTest,
                      static_cast<std::uint8_t>(label == "pos" ? 1 : 0), to_number(id), to_number(rating)};
}

void finish_official(ReviewSet& reviews, const std::filesystem::path& source) {
  if (reviews.size() == 0) {
    throw DataError(
        fmt::format("{}: no labelled reviews in it (train/pos/ID_RATING.txt and so on); "
                    "get the official archive with 'rnnbench data fetch' or give another file with --data",
                    source.string()));
  }
  reviews.sort_officially();
  const auto same = [](const Review& a, const Review& b) {
    return a.part == b.part && a.id == b.id && a.label == b.label;
  };
  const auto twice = std::adjacent_find(reviews.reviews().begin(), reviews.reviews().end(), same);
  if (twice != reviews.reviews().end()) {
    throw DataError(fmt::format("{}: holds {}/{}/{}_* twice; take the set from its official source",
                                source.string(), twice->part == Part::kTrain ? "train" : "test",
                                twice->label == 1 ? "pos" : "neg", twice->id));
  }
}

}  // namespace rnnbench
