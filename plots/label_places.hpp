#pragma once

#include <string>
#include <vector>

#include "plots/plot.hpp"

namespace rnnbench {

/// A text that should stand beside a mark; pixels within the panel, y downwards.
struct LabelWish {
  double x = 0;
  double y = 0;
  std::string text;
};

struct LabelPlace {
  bool fits = false;  ///< false: no place without covering something; leave it out
  Anchor anchor = Anchor::kLeft;
  double dx = 0;  ///< pixels to the right of the mark
  double dy = 0;  ///< pixels upwards
};

/// A place for each text, in their order: right, left, above or below its mark, within `width` × `height`,
/// covering neither a mark of `marks` nor a text already placed.
std::vector<LabelPlace> place_labels(const std::vector<LabelWish>& wishes,
                                     const std::vector<std::pair<double, double>>& marks, double width,
                                     double height);

}  // namespace rnnbench
