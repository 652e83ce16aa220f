#include "harness/cli/percent_line.hpp"

#include <fmt/format.h>

#include <utility>

#include "harness/cli/progress_text.hpp"

namespace rnnbench {

PercentLine::PercentLine(std::string what) : what_(std::move(what)), terminal_(stderr_is_terminal()) {}

void PercentLine::show(double done, const std::string& detail) {
  const int percent = static_cast<int>(100 * done);
  if (percent < next_percent_) return;
  next_percent_ = percent + (terminal_ ? 1 : 10);
  write_to_stderr(fmt::format("{}{}{}{} ({} %){}", terminal_ ? "\r" : "", what_, detail.empty() ? "" : " ",
                              detail, percent, terminal_ && done < 1 ? "" : "\n"));
}

}  // namespace rnnbench
