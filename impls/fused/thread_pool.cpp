#include "impls/fused/thread_pool.hpp"

#include <fmt/format.h>
#include <hwy/cache_control.h>

#include <system_error>
#include <utility>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"

namespace rnnbench::fused {
namespace {

// About 50 µs: loops of a step follow each other closely, and to be woken costs as long.
constexpr int kSpins = 2000;

}  // namespace

ThreadPool::ThreadPool(int threads) {
  try {
    for (int i = 1; i < threads; ++i) others_.emplace_back([this] { serve(); });
  } catch (const std::system_error& refused) {
    end();
    throw EngineError(fmt::format(
        "fused engine: only {} of {} threads could be started ({}); make training.threads smaller",
        this->threads(), threads, refused.code().message()));
  }
}

ThreadPool::~ThreadPool() { end(); }

void ThreadPool::end() {
  ending_ = true;
  loop_.fetch_add(1, std::memory_order_release);
  loop_.notify_all();
  for (std::thread& thread : others_) thread.join();
}

void ThreadPool::run(int pieces, const std::function<void(int)>& piece) {
  if (others_.empty() || pieces <= 1) {
    for (int i = 0; i < pieces; ++i) take(piece, i);
    return rethrow();
  }
  piece_ = &piece;
  pieces_ = pieces;
  next_.store(0, std::memory_order_relaxed);
  busy_.store(static_cast<int>(others_.size()), std::memory_order_relaxed);
  loop_.fetch_add(1, std::memory_order_release);
  loop_.notify_all();
  take_pieces();
  for (int spin = 0; busy_.load(std::memory_order_acquire) != 0; ++spin) {
    if (spin < kSpins) {
      hwy::Pause();
    } else if (const int busy = busy_.load(std::memory_order_acquire); busy != 0) {
      busy_.wait(busy, std::memory_order_acquire);
    }
  }
  rethrow();
}

void ThreadPool::rethrow() {
  if (std::exception_ptr failed = std::exchange(failed_, nullptr)) std::rethrow_exception(failed);
}

void ThreadPool::take(const std::function<void(int)>& piece, int number) {
  try {
    piece(number);
  } catch (...) {
    const std::lock_guard lock(failing_);
    if (!failed_) failed_ = std::current_exception();
  }
}

void ThreadPool::take_pieces() {
  for (int i = next_.fetch_add(1, std::memory_order_relaxed); i < pieces_;
       i = next_.fetch_add(1, std::memory_order_relaxed)) {
    take(*piece_, i);
  }
}

void ThreadPool::serve() {
  flush_denormals();
  std::uint32_t seen = 0;
  for (;;) {
    for (int spin = 0; loop_.load(std::memory_order_acquire) == seen; ++spin) {
      if (spin < kSpins) {
        hwy::Pause();
      } else {
        loop_.wait(seen, std::memory_order_acquire);
      }
    }
    ++seen;
    if (ending_) return;
    take_pieces();
    busy_.fetch_sub(1, std::memory_order_release);
    busy_.notify_one();
  }
}

}  // namespace rnnbench::fused
