#include "harness/cli/progress_printer.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "harness/core/clock.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A reader of stderr that went away must not end a run, so that errors are not looked at.
void write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20;
  return known ? size.ws_col : 80;
}

/// "train loss 0.512 acc 76.7 %, test loss 0.480 acc 78.1 %"
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

}  // namespace

bool stderr_is_terminal() {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return ::isatty(STDERR_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr && !dumb;
}

void ProgressPrinter::rewrite(const std::string& line) {
  if (!terminal_) return;
  // A line that wraps could not be rewritten. Spaces wipe what is left of a longer line before it, so
  // that no escape sequence is needed.
  const std::string visible = visible_text(line);
  const std::string_view cut = std::string_view(visible).substr(0, terminal_width() - 1);
  write(fmt::format("\r{:<{}}", cut, std::max(shown_, cut.size())));
  shown_ = cut.size();
}

void ProgressPrinter::keep(const std::string& line) {
  rewrite("");
  write(fmt::format("{}{}\n", terminal_ ? "\r" : "", visible_text(line)));
  shown_ = 0;
}

std::string ProgressPrinter::time_left(double run_share) const {
  const double done = position_.run - 1 + run_share;
  if (done < 0.02) return "?";
  const double elapsed = seconds_of_done_runs_ + seconds_since(run_start_);
  return human_duration(elapsed / done * (position_.runs - done));
}

void ProgressPrinter::run_started(const MatrixPosition& position, int epochs) {
  position_ = position;
  epochs_ = epochs;
  results_.clear();
  run_start_ = Clock::now();
  rewrite(
      fmt::format("[{}/{}] {} seed {}: loading", position.run, position.runs, position.trial, position.seed));
}

void ProgressPrinter::step(int epoch, double share_of_epoch, double loss, double accuracy) {
  const double run_share = (epoch - 1 + share_of_epoch) / epochs_;
  rewrite(fmt::format("[{}/{}] {} seed {}: epoch {}/{} {:3.0f} %, loss {:.3f} acc {:.1f} %, {} left{}",
                      position_.run, position_.runs, position_.trial, position_.seed, epoch, epochs_,
                      100 * share_of_epoch, loss, 100 * accuracy, time_left(run_share),
                      position_.failed > 0 ? fmt::format(", {} failed", position_.failed) : ""));
}

void ProgressPrinter::evaluating(int epoch, const std::string& split) {
  rewrite(fmt::format("[{}/{}] {} seed {}: epoch {}/{}, evaluating {}", position_.run, position_.runs,
                      position_.trial, position_.seed, epoch, epochs_, split));
}

void ProgressPrinter::epoch_finished(const EpochRecord& epoch) {
  results_ = results_of(epoch);
  if (terminal_) return;
  keep(fmt::format("[{}/{}] {} seed {}: epoch {}/{}: {}, {} left", position_.run, position_.runs,
                   position_.trial, position_.seed, epoch.epoch, epochs_, results_,
                   time_left(static_cast<double>(epoch.epoch) / epochs_)));
}

void ProgressPrinter::run_finished(const RunEnd& end) {
  const double seconds = seconds_since(run_start_);
  seconds_of_done_runs_ += seconds;
  const std::string outcome = end.status == RunStatus::kFinished ? results_ : "FAILED: " + end.reason;
  keep(fmt::format("[{}/{}] {} seed {}: {} ({})", position_.run, position_.runs, position_.trial,
                   position_.seed, outcome, human_duration(seconds)));
}

void ProgressPrinter::run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) {
  keep(fmt::format("skipped {} seed {}: {}", trial, seed, why));
}

}  // namespace rnnbench
