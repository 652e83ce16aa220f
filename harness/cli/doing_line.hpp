#pragma once

#include <fmt/format.h>

#include <string>

#include "harness/cli/progress_text.hpp"

namespace rnnbench {

/// Shows on a terminal what is done now, and wipes it.
class DoingLine {
 public:
  DoingLine() = default;
  ~DoingLine() {
    if (terminal_) fmt::print(stderr, "\r{:78}\r", "");
  }
  DoingLine(const DoingLine&) = delete;
  DoingLine& operator=(const DoingLine&) = delete;

  void show(const std::string& text) const {
    if (terminal_) fmt::print(stderr, "\r{:<78.78}", text);
  }

 private:
  bool terminal_ = stderr_is_terminal();
};

}  // namespace rnnbench
