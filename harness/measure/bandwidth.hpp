#pragma once

#include <cstddef>

#include "harness/measure/caches.hpp"

namespace rnnbench {

/// How many bytes a second all threads of a working set move together.
struct Bandwidth {
  WorkingSet set;                     ///< its bytes: what each thread really goes through
  double triad_bytes_per_second = 0;  ///< a = b + 3 c: 24 bytes a step, as STREAM counts (McCalpin 1995)
  double read_bytes_per_second = 0;   ///< a sum
  int triad_bits = 0, read_bits = 0;  ///< the vector width that gave it
};

/// The larger of each; both are of the same set.
Bandwidth best_of(const Bandwidth& one, const Bandwidth& other);

/// Goes through the sets of `set.threads` threads at once; the best of some bursts with each of
/// vector_widths() (the widest is the best in the first levels, often not in memory), which last `seconds`
/// together. Each thread has a third of its set in each of three arrays of doubles, which it wrote first (on
/// its own node where memory has several). Filling them comes on top of `seconds`. Throws EnvironmentError
/// where there isn't memory enough.
Bandwidth measure_bandwidth(const WorkingSet& set, double seconds);

/// Where each call of a kernel works, so that all of `count` numbers are gone through again and again, a
/// part a call, or the whole some times where it is smaller than a part.
class Walk {
 public:
  /// Both are multiples of kKernelStep.
  Walk(std::size_t count, std::size_t part);
  /// The index where the next call begins.
  std::size_t next();
  std::size_t length() const { return length_; }
  int passes() const { return passes_; }

 private:
  std::size_t count_;
  std::size_t length_;
  int passes_;
  std::size_t next_ = 0;
};

}  // namespace rnnbench
