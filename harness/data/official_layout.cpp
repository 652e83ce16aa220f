#include "harness/data/official_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

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

/// A member's path, `…/part/label/ID_RATING.txt`, taken apart.
struct ReviewPath {
  explicit ReviewPath(std::string_view path) : member(path), rest(path) {
    file = take_last(rest);
    label = take_last(rest);
    part = take_last(rest);
  }

  /// ID and RATING; nothing where the file has another name.
  std::optional<std::pair<std::int32_t, std::int32_t>> numbers(const std::filesystem::path& source) const {
    if (!file.ends_with(".txt")) return std::nullopt;
    const std::string_view stem = file.substr(0, file.size() - 4);
    const std::size_t mark = stem.find('_');
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string_view id = stem.substr(0, mark);
    const std::string_view rating = stem.substr(mark + 1);
    if (!all_digits(id) || !all_digits(rating)) return std::nullopt;
    if (climbs(rest) || id.size() > kMostDigits || rating.size() > kMostDigits) {
      throw DataError(fmt::format("{}: refused the review name '{}'; take the set from its official source",
                                  source.string(), member));
    }
    return std::pair(to_number(id), to_number(rating));
  }

  std::string_view member, rest, file, label, part;
};

}  // namespace

std::optional<OfficialName> parse_official_name(std::string_view member,
                                                const std::filesystem::path& source) {
  const ReviewPath path(member);
  if ((path.label != "pos" && path.label != "neg") || (path.part != "train" && path.part != "test")) {
    return std::nullopt;
  }
  const auto numbers = path.numbers(source);
  if (!numbers) return std::nullopt;
  return OfficialName{path.part == "train" ? Part::kTrain : Part::kTest,
                      static_cast<std::uint8_t>(path.label == "pos" ? 1 : 0), numbers->first,
                      numbers->second};
}

std::optional<std::int32_t> parse_unlabelled_name(std::string_view member,
                                                  const std::filesystem::path& source) {
  const ReviewPath path(member);
  if (path.label != "unsup" || path.part != "train") return std::nullopt;
  const auto numbers = path.numbers(source);
  return numbers ? std::optional(numbers->first) : std::nullopt;
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
