#include "harness/measure/thread_team.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <thread>

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

std::vector<double> burst_rates(int threads, double burst_seconds, double seconds,
                                const std::function<void(int)>& call) {
  constexpr std::size_t kLeast = 3;
  const auto begin = Clock::now();
  std::atomic<double> rate = 0;
  std::vector<double> rates;
  bool is_first = true, is_over = false;
  // Called by one of the threads when all have arrived: the end of a burst and the begin of the next.
  const auto at_edge = [&]() noexcept {
    if (!is_first) rates.push_back(rate.exchange(0));
    is_first = false;
    is_over = rates.size() >= kLeast && seconds_since(begin) >= seconds;
  };
  std::barrier edge(threads, at_edge);
  const auto work = [&](int thread) {
    call(thread);
    edge.arrive_and_wait();
    while (!is_over) {
      const auto start = Clock::now();
      double calls = 0, elapsed = 0;
      do {
        call(thread);
        ++calls;
        elapsed = seconds_since(start);
      } while (elapsed < burst_seconds);
      rate.fetch_add(calls / elapsed);
      edge.arrive_and_wait();
    }
  };
  {
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads; ++thread) others.emplace_back(work, thread);
    work(0);
  }
  return rates;
}

double best_rate(int threads, double seconds, const std::function<void(int)>& call) {
  constexpr double kBurst = 5e-3, kLeastBursts = 10;
  return std::ranges::max(burst_rates(threads, std::min(kBurst, seconds / kLeastBursts), seconds, call));
}

std::vector<int> thread_counts(int cores) {
  std::vector<int> counts;
  for (int threads = 1; threads < cores; threads *= 2) counts.push_back(threads);
  counts.push_back(cores);
  return counts;
}

}  // namespace rnnbench
