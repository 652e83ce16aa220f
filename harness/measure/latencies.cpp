#include "harness/measure/latencies.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rnnbench {
namespace {

constexpr std::size_t kMost = 10'000;

/// Two threads in turns: a turn belongs to the other one until that gives it back.
class Turns {
 public:
  /// Gives the turn to the other one and waits to get it again.
  void round_trip() {
    std::unique_lock lock(mutex_);
    is_others_ = true;
    others_.notify_one();
    ours_.wait(lock, [this] { return !is_others_; });
  }
  void answer_until_ended() {
    std::unique_lock lock(mutex_);
    while (true) {
      others_.wait(lock, [this] { return is_others_ || is_ended_; });
      if (is_ended_) return;
      is_others_ = false;
      ours_.notify_one();
    }
  }
  void end() {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    others_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ours_, others_;
  bool is_others_ = false, is_ended_ = false;
};

/// Whether the program ran and ended well.
bool run_to_end(const char* program) {
  pid_t child = 0;
  std::string name = program;
  char* const arguments[] = {name.data(), nullptr};
  if (::posix_spawnp(&child, program, nullptr, nullptr, arguments, environ) != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

Spread thread_start_latency(double seconds) {
  const TickClock& clock = steady_ticks();
  std::vector<std::int64_t> samples;
  const auto start_one = [&] {
    std::int64_t first = 0;
    const std::int64_t begin = clock.now();
    std::jthread([&] { first = clock.now(); }).join();
    samples.push_back(first - begin);
  };
  time_again(start_one, seconds, kMost);
  return spread_of(samples);
}

Spread wake_up_latency(double seconds) {
  Turns turns;
  std::jthread other([&] { turns.answer_until_ended(); });
  Spread spread = time_again([&] { turns.round_trip(); }, seconds, kMost);
  turns.end();
  spread.median_ns /= 2;
  spread.p99_ns /= 2;
  spread.max_ns /= 2;
  return spread;
}

Spread process_start_latency(double seconds, const char* program) {
  if (!run_to_end(program)) return {};
  return time_again([&] { run_to_end(program); }, seconds, kMost);
}

}  // namespace rnnbench
