#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "harness/data/review_set.hpp"

namespace rnnbench {

/// A review longer than this is refused: the longest real one has 14 kB.
constexpr std::size_t kMostReviewBytes = 10'000'000;

/// What the name of a review says in the official layout, `…/{train,test}/{pos,neg}/ID_RATING.txt`.
struct OfficialName {
  Part part = Part::kTrain;
  std::uint8_t label = 0;
  std::int32_t id = 0;
  std::int32_t rating = 0;
};

/// Takes a member's path apart; nothing where it is no labelled review (unsup, lists, other files).
/// Throws DataError for a review's name that no honest source has ("..", numbers beyond nine digits),
/// naming `source`.
std::optional<OfficialName> parse_official_name(std::string_view member, const std::filesystem::path& source);

/// The number in the name of an unlabelled review, `…/train/unsup/ID_0.txt`; nothing where it is none. Throws
/// as above.
std::optional<std::int32_t> parse_unlabelled_name(std::string_view member,
                                                  const std::filesystem::path& source);

/// Sorts reviews officially. Throws DataError where there are none or two have one name.
void finish_official(ReviewSet& reviews, const std::filesystem::path& source);

}  // namespace rnnbench
