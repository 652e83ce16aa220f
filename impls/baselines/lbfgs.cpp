#include "impls/baselines/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>

namespace rnnbench {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void add_scaled(Vector& to, double factor, const Vector& what) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * what[i];
}

/// The last moves and what the gradient changed by on them: an estimate of the inverse Hessian.
class Memory {
 public:
  void add(Vector moved, Vector changed) {
    const double curvature = dot(moved, changed);
    if (!(curvature > 0)) return;
    if (pairs_.size() == kPairs) pairs_.pop_front();
    pairs_.push_back({std::move(moved), std::move(changed), curvature});
  }

  /// Where to go: minus the estimate times `gradient`.
  Vector direction(const Vector& gradient) const {
    Vector way = gradient;
    std::vector<double> shares(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      shares[i] = dot(pairs_[i].moved, way) / pairs_[i].curvature;
      add_scaled(way, -shares[i], pairs_[i].changed);
    }
    const double scale = pairs_.empty()
                             ? 1 / std::max(std::sqrt(dot(gradient, gradient)), 1.0)
                             : pairs_.back().curvature / dot(pairs_.back().changed, pairs_.back().changed);
    for (double& each : way) each *= scale;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const double share = dot(pairs_[i].changed, way) / pairs_[i].curvature;
      add_scaled(way, shares[i] - share, pairs_[i].moved);
    }
    for (double& each : way) each = -each;
    return way;
  }

 private:
  struct Pair {
    Vector moved, changed;
    double curvature = 0;
  };
  static constexpr std::size_t kPairs = 10;
  std::deque<Pair> pairs_;
};

struct Point {
  Vector at, gradient;
  double value = 0;
};

/// Moves `point` along `way`; false where no length gets lower.
bool move_along(const Objective& objective, const Vector& way, Point& point) {
  constexpr double kDecrease = 1e-4, kCurvature = 0.9;
  constexpr int kTrials = 60;
  const double slope = dot(way, point.gradient);
  if (!(slope < 0)) return false;
  double shortest = 0, longest = std::numeric_limits<double>::infinity(), length = 1;
  Point next = point;
  for (int trial = 0; trial < kTrials; ++trial) {
    next.at = point.at;
    add_scaled(next.at, length, way);
    next.value = objective(next.at, next.gradient);
    if (!(next.value <= point.value + kDecrease * length * slope)) {
      longest = length;
    } else if (dot(way, next.gradient) < kCurvature * slope) {
      shortest = length;
    } else {
      point = std::move(next);
      return true;
    }
    length = std::isinf(longest) ? 2 * shortest : (shortest + longest) / 2;
  }
  return false;
}

}  // namespace

bool minimise(const Objective& objective, std::vector<double>& at, const LbfgsLimits& limits,
              const StepTaken& taken) {
  Point point{std::move(at), {}, 0};
  point.gradient.resize(point.at.size());
  point.value = objective(point.at, point.gradient);
  const double enough = limits.tolerance * std::sqrt(dot(point.gradient, point.gradient));
  Memory memory;
  bool ended = false;
  for (int step = 1; step <= limits.steps && !ended; ++step) {
    Point before = point;
    ended = !move_along(objective, memory.direction(point.gradient), point);
    taken(step, point.value);
    Vector moved = point.at, changed = point.gradient;
    add_scaled(moved, -1, before.at);
    add_scaled(changed, -1, before.gradient);
    memory.add(std::move(moved), std::move(changed));
    ended = ended || std::sqrt(dot(point.gradient, point.gradient)) <= enough;
  }
  at = std::move(point.at);
  return ended;
}

}  // namespace rnnbench
