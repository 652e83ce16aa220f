#include "harness/measure/quiet.hpp"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

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

bool others_run() {
  const std::string own = std::to_string(::gettid());
  std::error_code error;  // a thread that ends meanwhile is quiet
  for (fs::directory_iterator task("/proc/self/task", error), end; !error && task != end;
       task.increment(error)) {
    if (task->path().filename() != own && is_running(task->path())) return true;
  }
  return false;
}

}  // namespace

bool wait_until_quiet(double most_seconds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(most_seconds);
  while (others_run()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return true;
}

}  // namespace rnnbench
