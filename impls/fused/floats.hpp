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

/// Memory for numbers that grows and never shrinks, so that a training step allocates nothing once the
/// largest batch was seen. Begins at a cache line; large ones ask the system for huge pages.
template <typename Number>
class Numbers {
 public:
  Numbers() = default;
  /// `scattered`: touched here and there, for which huge pages would be cleared in vain.
  explicit Numbers(bool scattered) : scattered_(scattered) {}

  /// Room for `count` numbers, uninitialised; what an earlier call returned is no longer valid.
  Number* room(std::int64_t count) {
    if (count > size_) allocate(count);
    return memory_.get();
  }

  Number* data() { return memory_.get(); }
  const Number* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(Number* memory) const { std::free(memory); }
  };

  void allocate(std::int64_t count) {
    constexpr std::size_t kLine = 64, kHuge = std::size_t{1} << 21U;
    std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(Number) + kLine - 1) / kLine * kLine;
    const std::size_t alignment = bytes >= kHuge && !scattered_ ? kHuge : kLine;
    memory_.reset();
    size_ = 0;
    if (alignment == kHuge) bytes = (bytes + kHuge - 1) / kHuge * kHuge;
    memory_.reset(static_cast<Number*>(std::aligned_alloc(alignment, bytes)));
    if (memory_ == nullptr) throw std::bad_alloc();
#if defined(__linux__)
    if (alignment == kHuge) ::madvise(memory_.get(), bytes, MADV_HUGEPAGE);
#endif
    size_ = count;
  }

  std::unique_ptr<Number, Free> memory_;
  std::int64_t size_ = 0;
  bool scattered_ = false;
};

using Floats = Numbers<Real>;

}  // namespace rnnbench::fused
