#pragma once

#include <fmt/format.h>

#include <string>

#include "harness/cli/progress_text.hpp"

namespace rnnbench {

/// Shows on a terminal what is done now, and wipes it at the end.
class DoingLine {
 public:
  DoingLine() = default;
  ~DoingLine() { wipe(); }
  DoingLine(const DoingLine&) = delete;
  DoingLine& operator=(const DoingLine&) = delete;

  void show(const std::string& text) const {
    if (terminal_) fmt::print(stderr, "\r{:<78.78}", text);
  }

  /// A line that stays, on a terminal or not.
  void say(const std::string& text) const {
    wipe();
    fmt::print(stderr, "{}\n", text);
  }

 private:
  void wipe() const {
    if (terminal_) fmt::print(stderr, "\r{:78}\r", "");
  }

  bool terminal_ = stderr_is_terminal();
};

}  // namespace rnnbench
