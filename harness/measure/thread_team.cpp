#include "harness/measure/thread_team.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <system_error>
#include <thread>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

void run_together(int threads, const std::function<void(int)>& work) {
  enum Gate { kClosed, kOpen, kGivenUp };
  std::atomic<Gate> gate = kClosed;
  const auto move = [&](Gate to) {
    gate = to;
    gate.notify_all();
  };
  std::vector<std::jthread> others;
  try {
    for (int thread = 1; thread < threads; ++thread) {
      others.emplace_back([&, thread] {
        gate.wait(kClosed);
        if (gate == kOpen) work(thread);
      });
    }
  } catch (const std::system_error& error) {
    move(kGivenUp);
    throw EnvironmentError(fmt::format("{} threads can't be started: {}; use fewer", threads, error.what()));
  }
  move(kOpen);
  work(0);
}

std::vector<BurstRate> burst_rates(int threads, double burst_seconds, double seconds,
                                   const std::function<void(int)>& call) {
  constexpr std::size_t kLeast = 3;
  constexpr auto kWakeUp = std::chrono::microseconds(50);  // the threads wait for their begin awake
  const auto begin = Clock::now();
  auto start = begin;
  std::atomic<double> calls = 0, summed = 0;
  std::vector<BurstRate> rates;
  bool is_first = true, is_over = false;
  // Called by the last thread to arrive: the end of a burst and the begin of the next.
  const auto at_edge = [&]() noexcept {
    if (!is_first) rates.push_back({summed.exchange(0), calls.exchange(0) / seconds_since(start)});
    is_first = false;
    is_over = rates.size() >= kLeast && seconds_since(begin) >= seconds;
    start = Clock::now() + kWakeUp;
  };
  std::barrier edge(threads, at_edge);
  const auto work = [&](int thread) {
    call(thread);
    edge.arrive_and_wait();
    while (!is_over) {
      while (Clock::now() < start) continue;
      double own = 0;
      do {
        call(thread);
        ++own;
      } while (seconds_since(start) < burst_seconds);
      summed.fetch_add(own / seconds_since(start));  // one that comes late has done less
      calls.fetch_add(own);
      edge.arrive_and_wait();
    }
  };
  run_together(threads, work);
  return rates;
}

double best_summed(const std::vector<BurstRate>& rates) {
  return std::ranges::max(rates, {}, &BurstRate::summed).summed;
}

double best_together(const std::vector<BurstRate>& rates) {
  return std::ranges::max(rates, {}, &BurstRate::together).together;
}

std::vector<int> thread_counts(int cores) {
  std::vector<int> counts;
  for (int threads = 1; threads < cores; threads *= 2) counts.push_back(threads);
  counts.push_back(cores);
  return counts;
}

}  // namespace rnnbench
