#include "results/serve/task_threads.hpp"

namespace rnnbench {

TaskThreads::TaskThreads(std::size_t threads, std::size_t longest_queue) : longest_queue_(longest_queue) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void TaskThreads::enqueue(std::function<void()> task) {
  {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [&] { return ends_ || queue_.size() < longest_queue_; });
    queue_.push_back(std::move(task));
  }
  has_work_.notify_one();
}

void TaskThreads::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  has_work_.notify_all();
  has_room_.notify_all();
  threads_.clear();  // joins
}

void TaskThreads::work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      has_work_.wait(lock, [&] { return ends_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    has_room_.notify_one();
    try {
      task();
    } catch (...) {  // one connection's trouble: the thread goes on with others
    }
  }
}

}  // namespace rnnbench
