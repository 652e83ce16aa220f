#pragma once

#include <cstddef>

namespace rnnbench {

/// Numbers are taken kKernelStep at a time, so that the arrays' lengths are multiples of it.
inline constexpr std::size_t kKernelStep = 64;

/// a = b + 3 c over `count` numbers, `passes` times, with ordinary stores.
using TriadKernel = void (*)(double* a, const double* b, const double* c, std::size_t count, int passes);
/// The sum of `count` numbers, `passes` times.
using ReadKernel = double (*)(const double* values, std::size_t count, int passes);

struct BandwidthKernels {
  TriadKernel triad;
  ReadKernel read;
};

/// For vectors of `bits`, one of vector_widths(). Arrays begin at multiples of 64 bytes.
BandwidthKernels bandwidth_kernels(int bits);

}  // namespace rnnbench
