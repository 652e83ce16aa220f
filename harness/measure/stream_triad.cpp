#include "harness/measure/stream_triad.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <memory>
#include <new>
#include <thread>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/measure/thread_team.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;
/// Numbers between two arrays, as stream.c's OFFSET: were their distance a multiple of a page, loads would
/// wait for stores to another array.
constexpr std::size_t kOffset = 680;

void triad(double* __restrict a, const double* __restrict b, const double* __restrict c, double scalar,
           std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) a[i] = b[i] + scalar * c[i];
}

}  // namespace

StreamTriad stream_triad(int threads, std::size_t array_bytes, double seconds) try {
  constexpr int kTrials = 10, kLeastTrials = 3;
  const std::size_t count = array_bytes / sizeof(double);
  const auto memory = std::make_unique_for_overwrite<double[]>(3 * (count + kOffset));  // untouched yet
  double* const a = memory.get();
  double* const b = a + count + kOffset;
  double* const c = b + count + kOffset;
  StreamTriad result{threads, count * sizeof(double), 0, 0};
  double best = 0;
  bool is_over = false;
  auto begin = Clock::now(), edge = begin;
  // Called once by one of the threads when all have arrived: the end of one trial, the begin of the next. The
  // first edge ends the filling, the second a trial that isn't counted.
  const auto at_edge = [&]() noexcept {
    const auto now = Clock::now();
    if (result.trials == 0) begin = now;
    const double trial = std::chrono::duration<double>(now - edge).count();
    if (++result.trials > 2) best = best == 0 ? trial : std::min(best, trial);
    const bool is_late = std::chrono::duration<double>(now - begin).count() > seconds;
    is_over = result.trials > kTrials || (is_late && result.trials > kLeastTrials);
    edge = Clock::now();
  };
  std::barrier all(threads, at_edge);
  const auto work = [&](std::size_t thread) {
    const auto parts = static_cast<std::size_t>(threads);
    const std::size_t from = count * thread / parts, own = count * (thread + 1) / parts - from;
    std::fill_n(a + from, own, 1.0);
    std::fill_n(b + from, own, 2.0);
    std::fill_n(c + from, own, 0.0);
    all.arrive_and_wait();
    while (!is_over) {
      triad(a + from, b + from, c + from, 3.0, own);
      all.arrive_and_wait();
    }
  };
  run_together(threads, [&](int thread) { work(static_cast<std::size_t>(thread)); });
  result.trials -= 1;  // the filling
  result.bytes_per_second = 3.0 * static_cast<double>(result.array_bytes) / best;
  return result;
} catch (const std::bad_alloc&) {
  throw EnvironmentError("memory for STREAM's arrays can't be had; close what uses memory");
}

std::size_t stream_array_bytes(std::size_t last_level_bytes, double memory_bytes, std::size_t most_bytes) {
  constexpr double kShare = 12;
  const std::size_t room = std::min(static_cast<std::size_t>(memory_bytes / kShare), most_bytes);
  return std::min(4 * last_level_bytes, room) / 64 * 64;
}

}  // namespace rnnbench
