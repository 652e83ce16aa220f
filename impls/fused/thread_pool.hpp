#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace rnnbench::fused {

/// A few threads that take the pieces of a loop. Pieces must not depend on each other; who takes which is
/// left open, so a result must not depend on that.
class ThreadPool {
 public:
  /// The calling thread is one of `threads`. Throws EngineError where the system gives fewer.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const { return static_cast<int>(others_.size()) + 1; }

  /// Calls `piece(i)` for each i < pieces and returns when all are done. Throws one of the exceptions of
  /// pieces, if there are any; the other pieces are done all the same.
  void run(int pieces, const std::function<void(int piece)>& piece);

 private:
  void end();
  void serve();
  void take_pieces();
  void rethrow();
  void take(const std::function<void(int)>& piece, int number);

  std::vector<std::thread> others_;
  const std::function<void(int)>* piece_ = nullptr;
  int pieces_ = 0;
  std::atomic<int> next_ = 0;
  std::atomic<int> busy_ = 0;            // threads that may still take pieces of this loop
  std::atomic<std::uint32_t> loop_ = 0;  // counts loops; the threads wait for its change
  std::atomic<bool> ending_ = false;
  std::mutex failing_;
  std::exception_ptr failed_;  // of this loop
};

}  // namespace rnnbench::fused
