#include "harness/cli/progress_text.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace rnnbench {

bool stderr_is_terminal() {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return ::isatty(STDERR_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr && !dumb;
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20;
  return known ? size.ws_col : 80;
}

void write_to_stderr(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

std::string name_of(const MatrixPosition& position) {
  return fmt::format("[{}/{}] {} seed {}", position.run, position.runs, position.trial, position.seed);
}

std::string results_of(const EpochRecord& epoch) {
  std::string text;
  for (const MetricRecord& metric : epoch.metrics) {
    if (metric.name == "loss") {
      text += fmt::format("{}{} loss {:.3f}", text.empty() ? "" : ", ", metric.split, metric.value);
    } else if (metric.name == "accuracy") {
      text += fmt::format(" acc {:.1f} %", 100 * metric.value);
    }
  }
  return text;
}

}  // namespace rnnbench
