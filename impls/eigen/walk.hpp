#pragma once

#include <algorithm>

#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// A walk over the steps [first, first + count) of a sequence: onward, or homeward from the last to the
/// first.
struct Walk {
  Index first = 0;
  Index count = 0;
  bool homeward = false;

  /// The i-th step of the walk.
  Index step(Index i) const { return homeward ? first + count - 1 - i : first + i; }

  /// The same steps the other way.
  Walk back() const { return {first, count, !homeward}; }

  /// Calls `use` for pieces of at most `most` steps, in the order of the walk.
  template <typename Use>
  void in_pieces(Index most, const Use& use) const {
    for (Index done = 0; done < count; done += most) {
      const Index steps = std::min(most, count - done);
      use(Walk{homeward ? first + count - done - steps : first + done, steps, homeward});
    }
  }
};

/// Steps that are worked on at a time, where not all are needed at once: enough for a large product with a
/// kernel, few enough to stay in the cache.
inline constexpr Index kPieceSteps = 8;

}  // namespace rnnbench::eigen
