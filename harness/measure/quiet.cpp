#include "harness/measure/quiet.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "harness/core/process_tree.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// Whether the thread of this folder in /proc works or waits for a processor (proc(5): the state follows the
/// name, which may hold any character, in brackets).
bool is_running(const fs::path& task) {
  std::ifstream file(task / "stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  return name_end != std::string::npos && line.substr(name_end + 1, 2) == " R";
}

/// Whether a thread of that process does, but for `exempt`.
bool any_runs(pid_t process, pid_t exempt) {
  std::error_code error;  // a thread that ends meanwhile is quiet
  const fs::path tasks = fs::path("/proc") / std::to_string(process) / "task";
  for (fs::directory_iterator task(tasks, error), end; !error && task != end; task.increment(error)) {
    if (task->path().filename() != std::to_string(exempt) && is_running(task->path())) return true;
  }
  return false;
}

template <typename Runs>
bool wait_while(const Runs& runs, double most_seconds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(most_seconds);
  while (runs()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return true;
}

}  // namespace

bool wait_until_quiet(double most_seconds) {
  return wait_while([] { return any_runs(::getpid(), ::gettid()); }, most_seconds);
}

bool wait_until_quiet(pid_t process, double most_seconds) {
  const auto runs = [&] {
    constexpr pid_t kNone = 0;
    if (any_runs(process, kNone)) return true;
    return std::ranges::any_of(descendants_of(process), [](pid_t each) { return any_runs(each, kNone); });
  };
  return wait_while(runs, most_seconds);
}

}  // namespace rnnbench
