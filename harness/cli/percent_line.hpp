#pragma once

#include <string>

namespace rnnbench {

/// How far something is, on stderr: a line that is rewritten on a terminal, else one every ten per cent.
class PercentLine {
 public:
  explicit PercentLine(std::string what);
  /// `done`: a share from 0 to 1. `detail` is put behind the name, e.g. "1.0 of 84.1 MB".
  void show(double done, const std::string& detail = "");

 private:
  std::string what_;
  bool terminal_;
  int next_percent_ = 0;
};

}  // namespace rnnbench
