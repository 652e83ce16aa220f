#include "plots/label_places.hpp"

#include <algorithm>

#include "plots/gnuplot_script.hpp"

namespace rnnbench {
namespace {

constexpr double kTextHeight = 13;
constexpr double kMarkRadius = 5;

struct Rectangle {
  double left, top, right, bottom;
};

bool overlap(const Rectangle& a, const Rectangle& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

Rectangle covered(const LabelWish& wish, const LabelPlace& place) {
  const double width = label_pixels(wish.text);
  const double x = wish.x + place.dx;
  const double left = place.anchor == Anchor::kLeft    ? x
                      : place.anchor == Anchor::kRight ? x - width
                                                       : x - width / 2;
  const double middle = wish.y - place.dy;
  return {left, middle - kTextHeight / 2, left + width, middle + kTextHeight / 2};
}

}  // namespace

std::vector<LabelPlace> place_labels(const std::vector<LabelWish>& wishes,
                                     const std::vector<std::pair<double, double>>& marks, double width,
                                     double height) {
  std::vector<Rectangle> taken;
  for (const auto& [x, y] : marks) {
    taken.push_back({x - kMarkRadius, y - kMarkRadius, x + kMarkRadius, y + kMarkRadius});
  }
  const LabelPlace choices[] = {
      {true, Anchor::kLeft, 9, 0},     {true, Anchor::kRight, -9, 0},   {true, Anchor::kCentre, 0, 14},
      {true, Anchor::kCentre, 0, -14}, {true, Anchor::kLeft, 7, 13},    {true, Anchor::kLeft, 7, -13},
      {true, Anchor::kRight, -7, 13},  {true, Anchor::kRight, -7, -13}, {true, Anchor::kLeft, 20, 0},
      {true, Anchor::kRight, -20, 0},  {true, Anchor::kLeft, 20, 20},   {true, Anchor::kLeft, 20, -20},
      {true, Anchor::kRight, -20, 20}, {true, Anchor::kRight, -20, -20}};
  std::vector<LabelPlace> places;
  for (const LabelWish& wish : wishes) {
    LabelPlace chosen;
    for (const LabelPlace& choice : choices) {
      const Rectangle area = covered(wish, choice);
      const bool inside = area.left >= 0 && area.right <= width && area.top >= 0 && area.bottom <= height;
      const bool covers = std::any_of(taken.begin(), taken.end(),
                                      [&](const Rectangle& other) { return overlap(area, other); });
      if (!inside || covers) continue;
      chosen = choice;
      taken.push_back(area);
      break;
    }
    places.push_back(chosen);
  }
  return places;
}

}  // namespace rnnbench
