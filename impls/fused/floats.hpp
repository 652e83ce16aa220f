#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "impls/fused/real.hpp"

namespace rnnbench::fused {

/// Memory for floats that grows and never shrinks, so that a training step allocates nothing once the largest
/// batch was seen. Begins at a cache line; large ones ask the system for huge pages.
class Floats {
 public:
  /// Room for `count` floats, uninitialised; what an earlier call returned is no longer valid.
  Real* room(std::int64_t count) {
    if (count > size_) allocate(count);
    return memory_.get();
  }

  Real* data() { return memory_.get(); }
  const Real* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(Real* memory) const { std::free(memory); }
  };

  void allocate(std::int64_t count) {
    constexpr std::size_t kLine = 64, kHuge = std::size_t{1} << 21U;
    std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(Real) + kLine - 1) / kLine * kLine;
    const std::size_t alignment = bytes >= kHuge ? kHuge : kLine;
    memory_.reset();
    size_ = 0;
    if (alignment == kHuge) bytes = (bytes + kHuge - 1) / kHuge * kHuge;
    memory_.reset(static_cast<Real*>(std::aligned_alloc(alignment, bytes)));
    if (memory_ == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    if (alignment == kHuge) ::madvise(memory_.get(), bytes, MADV_HUGEPAGE);
#endif
    size_ = count;
  }

  std::unique_ptr<Real, Free> memory_;
  std::int64_t size_ = 0;
};

}  // namespace rnnbench::fused
