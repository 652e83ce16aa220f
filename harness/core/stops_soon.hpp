#pragma once

#include <chrono>
#include <stop_token>
#include <thread>

namespace rnnbench {

/// Whether this program is asked to stop, now or within half a second. To be asked where another process was
/// told to end: who ends a session or a job signals all its processes, this one perhaps a moment later.
inline bool stops_soon(const std::stop_token& stop) {
  for (int i = 0; i < 50 && !stop.stop_requested(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return stop.stop_requested();
}

}  // namespace rnnbench
