#include "harness/measure/bandwidth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/measure/bandwidth_kernels.hpp"
#include "harness/measure/multiply_add_peak.hpp"
#include "harness/measure/thread_team.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kPart = 1 << 15;  // numbers a call: long beside a reading of the clock
constexpr std::size_t kPage = 4096;
constexpr double kMemoryBurst = 20e-3;  // as long as a pass of STREAM about: memory is shared with others

/// One thread's three arrays, one after the other in one piece of memory.
class Arrays {
 public:
  explicit Arrays(std::size_t bytes)
      : count_(std::max(bytes / (3 * sizeof(double) * kKernelStep), std::size_t{1}) * kKernelStep),
        memory_(static_cast<double*>(std::aligned_alloc(64, 3 * stride() * sizeof(double)))),
        triad_walk_(count_, kPart),
        read_walk_(3 * count_, kPart) {
    if (!memory_) {
      throw EnvironmentError(
          fmt::format("{} MiB for a measurement of bandwidth can't be had; close what uses memory",
                      3 * stride() * sizeof(double) >> 20));
    }
  }

  void fill() const { std::fill_n(memory_.get(), 3 * stride(), 1.0); }
  std::size_t bytes() const { return 3 * count_ * sizeof(double); }

  void triad(TriadKernel kernel) {
    double* a = memory_.get() + triad_walk_.next();
    kernel(a, a + stride(), a + 2 * stride(), triad_walk_.length(), triad_walk_.passes());
  }
  double bytes_a_triad() const { return 3.0 * sizeof(double) * numbers_a_call(triad_walk_); }

  double read(ReadKernel kernel) {
    return kernel(memory_.get() + read_walk_.next(), read_walk_.length(), read_walk_.passes());
  }
  double bytes_a_read() const { return sizeof(double) * numbers_a_call(read_walk_); }

 private:
  /// From one array to the next, in numbers: were it a multiple of a page, loads would wait for stores to
  /// another array.
  std::size_t stride() const {
    constexpr std::size_t kOff = 1344;
    return (count_ * sizeof(double) / kPage * kPage + kPage + kOff) / sizeof(double);
  }
  static double numbers_a_call(const Walk& walk) {
    return static_cast<double>(walk.length()) * walk.passes();
  }

  struct Free {
    void operator()(double* memory) const { std::free(memory); }
  };
  std::size_t count_;
  std::unique_ptr<double, Free> memory_;
  Walk triad_walk_, read_walk_;
};

}  // namespace

Walk::Walk(std::size_t count, std::size_t part)
    : count_(count),
      length_(std::min(count, part)),
      passes_(static_cast<int>((part + length_ - 1) / length_)) {}

std::size_t Walk::next() {
  const std::size_t at = next_;
  next_ += length_;
  if (next_ + length_ > count_) next_ = 0;
  return at;
}

Bandwidth best_of(const Bandwidth& one, const Bandwidth& other) {
  Bandwidth best = one;
  if (other.triad_bytes_per_second > best.triad_bytes_per_second) {
    best.triad_bytes_per_second = other.triad_bytes_per_second;
    best.triad_bits = other.triad_bits;
  }
  if (other.read_bytes_per_second > best.read_bytes_per_second) {
    best.read_bytes_per_second = other.read_bytes_per_second;
    best.read_bits = other.read_bits;
  }
  return best;
}

Bandwidth measure_bandwidth(const WorkingSet& set, double seconds) {
  std::vector<Arrays> arrays;
  for (int thread = 0; thread < set.threads; ++thread) arrays.emplace_back(set.bytes);
  {
    std::vector<std::jthread> fillers;
    for (const Arrays& own : arrays) fillers.emplace_back([&own] { own.fill(); });
  }
  const auto of = [&](int thread) -> Arrays& { return arrays[static_cast<std::size_t>(thread)]; };
  std::atomic<double> kept = 0;  // the results, so that the work isn't left out
  Bandwidth best{set, 0, 0, 0, 0};
  best.set.bytes = arrays.front().bytes();
  const std::vector<int> widths = vector_widths();
  const double each = seconds / static_cast<double>(2 * widths.size());
  const auto rate = [&](const std::function<void(int)>& call) {
    const double burst = set.level == "memory" ? std::min(kMemoryBurst, each / 3) : burst_length(each);
    return best_together(burst_rates(set.threads, burst, each, call));
  };
  for (const int bits : widths) {
    const BandwidthKernels kernels = bandwidth_kernels(bits);
    const double triads = rate([&](int thread) { of(thread).triad(kernels.triad); });
    const double reads =
        rate([&](int thread) { kept.store(of(thread).read(kernels.read), std::memory_order_relaxed); });
    best = best_of(best, {best.set, arrays.front().bytes_a_triad() * triads,
                          arrays.front().bytes_a_read() * reads, bits, bits});
  }
  return best;
}

}  // namespace rnnbench
