#pragma once

#include <sys/types.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace rnnbench {

/// Whether a process is gone, or a zombie that nobody has waited for.
inline bool has_ended(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(stat, line);
  return line.empty() || line.find(") Z ") != std::string::npos;
}

/// The same, up to a second later: a signal takes effect when the system comes to it.
inline bool ends_soon(pid_t process) {
  for (int wait = 0; wait < 100 && !has_ended(process); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return has_ended(process);
}

}  // namespace rnnbench
