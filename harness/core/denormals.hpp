#pragma once

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace rnnbench {

/// Flushes denormal numbers to zero, as results and as operands (FTZ and DAZ), on the calling thread and
/// on threads it starts afterwards. All engines run so: denormals cost up to a hundred times a normal
/// number's time and would make timings depend on the data.
inline void flush_denormals() {
#if defined(__SSE__)
  constexpr unsigned int kFlushToZero = 0x8000;
  constexpr unsigned int kDenormalsAreZero = 0x0040;
  _mm_setcsr(_mm_getcsr() | kFlushToZero | kDenormalsAreZero);
#endif
}

}  // namespace rnnbench
