#include "harness/executor/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

class Watch {
 public:
  Watch(Submission& submission, Executor& executor, const WatchServices& services)
      : submission_(submission), executor_(executor), services_(services) {}

  std::vector<int> until_over() {
    if (submission_.job().empty()) hand_over(submission_.pending());
    for (;;) {
      merge_whole();
      std::vector<int> pending = submission_.pending();
      if (pending.empty()) break;
      // Between two states a task may be in none, and its last files may be on their way here.
      ask_for(pending);
      times_gone_ = is_any_at_work_ ? 0 : times_gone_ + 1;
      if (times_gone_ < kTimesGone) {
        rest();
        continue;
      }
      merge_whole();
      pending = submission_.pending();
      if (pending.empty()) break;
      for (const int task : pending) take_part(task);
      if (is_any_cancelled_) services_.say(fmt::format("tasks of job {} were cancelled", submission_.job()));
      if (is_any_cancelled_ || submission_.attempts() > services_.retries) {
        submission_.close();
        return pending;
      }
      services_.say(fmt::format("{} of {} tasks ended without a result; they are handed over again",
                                pending.size(), submission_.tasks()));
      executor_.cancel(submission_.job());  // never two at one shard
      times_gone_ = 0;
      hand_over(pending);
    }
    submission_.close();
    return {};
  }

 private:
  void hand_over(const std::vector<int>& tasks) {
    submission_.begins();
    try {
      submission_.handed_over(executor_.submit(submission_.script(), tasks));
    } catch (const EnvironmentError&) {
      submission_.close();  // it was refused: another call asks for something else
      throw;
    }
    services_.say(
        fmt::format("job {}: {} {}", submission_.job(), tasks.size(), tasks.size() == 1 ? "task" : "tasks"));
  }

  void merge_whole() {
    bool any = false;
    for (const int task : submission_.whole()) {
      if (services_.stop.stop_requested()) throw Interrupted();
      try {
        services_.merge(submission_.database(submission_.shard(task)));
      } catch (const StoreError& error) {
        services_.say(fmt::format("task {}: {}; it is put away and done again", task, error.what()));
        submission_.set_aside(task);
        continue;
      }
      submission_.merged(task);
      any = true;
    }
    if (any) say_progress();
  }

  /// What is there of a task that is over without a whole shard.
  void take_part(int task) {
    const fs::path database = submission_.database(submission_.part(task));
    std::error_code none;
    if (!fs::exists(database, none)) return;
    try {
      services_.merge(database);
    } catch (const StoreError& error) {
      services_.say(fmt::format("task {}: {}; it is put away and begun anew", task, error.what()));
      submission_.set_aside(task);
    }
  }

  void ask_for(const std::vector<int>& pending) {
    is_any_at_work_ = is_any_cancelled_ = false;
    try {
      const auto states = executor_.states(submission_.job());
      unanswered_ = 0;
      for (const int task : pending) {
        const auto state = states.find(task);
        if (state == states.end()) continue;
        (state->second == TaskState::kCancelled ? is_any_cancelled_ : is_any_at_work_) = true;
      }
    } catch (const EnvironmentError& error) {  // a controller that is away comes back
      if (unanswered_++ == 0) services_.say(fmt::format("{}; asking again", error.what()));
      is_any_at_work_ = true;
    }
  }

  void rest() const {
    constexpr std::chrono::milliseconds kStep{50};
    for (auto rested = kStep; rested < services_.poll; rested += kStep) {
      if (services_.stop.stop_requested()) throw Interrupted();
      std::this_thread::sleep_for(kStep);
    }
  }

  void say_progress() const {
    services_.say(fmt::format("{} of {} tasks are done",
                              submission_.tasks() - static_cast<int>(submission_.pending().size()),
                              submission_.tasks()));
  }

  Submission& submission_;
  Executor& executor_;
  const WatchServices& services_;
  static constexpr int kTimesGone = 2;
  bool is_any_at_work_ = false;
  bool is_any_cancelled_ = false;
  int times_gone_ = 0;  ///< questions in a row to which none was at work
  int unanswered_ = 0;  ///< questions in a row that weren't answered
};

}  // namespace

std::vector<int> watch(Submission& submission, Executor& executor, const WatchServices& services) {
  return Watch(submission, executor, services).until_over();
}

}  // namespace rnnbench
