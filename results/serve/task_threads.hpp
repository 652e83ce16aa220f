#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace rnnbench {

/// A fixed number of threads with a queue of fixed length: where it is full, whoever brings work waits, so
/// that connections wait in the system's queue and not in our memory.
class TaskThreads final : public httplib::TaskQueue {
 public:
  TaskThreads(std::size_t threads, std::size_t longest_queue);
  void enqueue(std::function<void()> task) override;
  void shutdown() override;

 private:
  void work();

  std::size_t longest_queue_;
  std::mutex mutex_;
  std::condition_variable has_work_, has_room_;
  std::deque<std::function<void()>> queue_;
  bool ends_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace rnnbench
