#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// Which part of the official split a review belongs to; `kNone` where the source doesn't say (CSV).
enum class Part : std::uint8_t { kTrain, kTest, kNone };

/// One labelled review; `text` points into the ReviewSet that holds it.
struct Review {
  std::string_view text;   ///< bytes as found; may hold invalid UTF-8
  std::uint8_t label = 0;  ///< 0 negative, 1 positive
  Part part = Part::kNone;
  std::int32_t id = -1;     ///< number in its folder, or row; -1: none
  std::int32_t rating = 0;  ///< stars 1–10 where the source says, else 0
};

/// Labelled reviews in a defined order, and the texts they point into. Movable, not copyable.
class ReviewSet {
 public:
  ReviewSet() = default;
  ReviewSet(ReviewSet&&) noexcept = default;
  ReviewSet& operator=(ReviewSet&&) noexcept = default;
  ReviewSet(const ReviewSet&) = delete;
  ReviewSet& operator=(const ReviewSet&) = delete;

  /// Copies `text` in. Views of reviews added before stay valid.
  void add(std::string_view text, std::uint8_t label, Part part, std::int32_t id, std::int32_t rating);
  /// Official order: train before test, then by id, negative before positive. Alternating labels keep
  /// any stretch of a split balanced.
  void sort_officially();

  const std::vector<Review>& reviews() const { return reviews_; }
  std::size_t size() const { return reviews_.size(); }

 private:
  std::vector<std::string> blocks_;  // each reserved once and never grown past it
  std::vector<Review> reviews_;
};

}  // namespace rnnbench
