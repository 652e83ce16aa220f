#pragma once

#include <chrono>
#include <thread>

namespace rnnbench {

/// Whether `condition`, asked again and again, became true within some seconds.
template <typename Condition>
bool comes_true(int seconds, Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  for (;;) {
    if (condition()) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace rnnbench
