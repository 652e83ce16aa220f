#include "harness/cli/progress_board.hpp"

#include <fmt/format.h>

#include "harness/cli/progress_text.hpp"
#include "harness/core/clock.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::chrono::milliseconds kBetweenDrawings{100};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A line that wraps could not be rewritten.
std::string cut(const std::string& line) {
  return std::string(std::string_view(visible_text(line)).substr(0, terminal_width() - 1));
}

}  // namespace

ProgressBoard::ProgressBoard(bool terminal, int workers) : terminal_(terminal) {
  for (int i = 0; i < workers; ++i) lanes_.emplace_back(*this);
}

ProgressBoard::~ProgressBoard() { wipe(); }

void ProgressBoard::begin_run(const MatrixPosition& position) {
  if (position.run == 1) {
    begin_ = Clock::now();
    done_ = failed_ = 0;
  }
  runs_ = position.runs;
}

void ProgressBoard::keep(const std::string& line) {
  wipe();
  write_to_stderr(visible_text(line) + "\n");
  last_draw_ = {};
  draw();
}

/// Takes the drawn lines away; the cursor is at the beginning of the first.
void ProgressBoard::wipe() {
  if (drawn_ == 0) return;
  std::string text = "\r\x1b[2K";
  for (std::size_t i = 1; i < drawn_; ++i) text += "\x1b[A\x1b[2K";
  write_to_stderr(text);
  drawn_ = 0;
}

void ProgressBoard::draw() {
  if (!terminal_ || Clock::now() - last_draw_ < kBetweenDrawings) return;
  wipe();
  std::string text;
  std::size_t lines = 0;
  const auto add = [&](const std::string& line) {
    if (lines++ > 0) text += '\n';
    text += cut(line);
  };
  for (const Lane& lane : lanes_) {
    if (!lane.line().empty()) add(lane.line());
  }
  if (lines > 0) add(in_all());
  write_to_stderr(text);
  drawn_ = lines;
  last_draw_ = Clock::now();
}

std::string ProgressBoard::time_left() const {
  double done = done_;
  for (const Lane& lane : lanes_) done += lane.share_done();
  if (done < 0.02) return "?";
  return human_duration(seconds_since(begin_) / done * (runs_ - done));
}

std::string ProgressBoard::in_all() const {
  return fmt::format("{} of {} runs done{}, {} left", done_, runs_,
                     failed_ > 0 ? fmt::format(", {} failed", failed_) : "", time_left());
}

void ProgressBoard::Lane::show(const std::string& what) {
  // What changes stands first: a long trial is cut at the end.
  line_ = fmt::format("[{}/{}] {}: {} seed {}", position_.run, position_.runs, what, position_.trial,
                      position_.seed);
  board_.draw();
}

void ProgressBoard::Lane::end_run() {
  line_.clear();
  share_done_ = 0;
  ++board_.done_;
}

void ProgressBoard::Lane::run_started(const MatrixPosition& position, int epochs) {
  position_ = position;
  epochs_ = epochs;
  results_.clear();
  share_done_ = 0;
  begin_ = Clock::now();
  board_.begin_run(position);
  show("loading");
}

void ProgressBoard::Lane::begun_anew(const std::string& why) {
  board_.keep(fmt::format("{}: begins anew: {}", name_of(position_), why));
}

void ProgressBoard::Lane::step(int epoch, double share_of_epoch, double loss, double accuracy) {
  share_done_ = (epoch - 1 + share_of_epoch) / epochs_;
  show(fmt::format("epoch {}/{} {:3.0f} %, loss {:.3f} acc {:.1f} %", epoch, epochs_, 100 * share_of_epoch,
                   loss, 100 * accuracy));
}

void ProgressBoard::Lane::evaluating(int epoch, const std::string& split) {
  show(fmt::format("epoch {}/{}, evaluating {}", epoch, epochs_, split));
}

void ProgressBoard::Lane::epoch_finished(const EpochRecord& epoch) {
  results_ = results_of(epoch);
  share_done_ = epochs_ > 0 ? static_cast<double>(epoch.epoch) / epochs_ : 0;
  const std::string which =
      epochs_ > 0 ? fmt::format("{}/{}", epoch.epoch, epochs_) : std::to_string(epoch.epoch);
  if (board_.terminal_) return show(fmt::format("epoch {}: {}", which, results_));
  board_.keep(
      fmt::format("{}: epoch {}: {}, {} left", name_of(position_), which, results_, board_.time_left()));
}

void ProgressBoard::Lane::run_finished(const RunEnd& end) {
  end_run();
  const bool failed = end.status != RunStatus::kFinished;
  board_.failed_ += failed ? 1 : 0;
  board_.keep(fmt::format("{}: {} ({})", name_of(position_), failed ? "FAILED: " + end.reason : results_,
                          human_duration(seconds_since(begin_))));
}

void ProgressBoard::Lane::run_left() { end_run(); }

void ProgressBoard::Lane::run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) {
  board_.keep(fmt::format("skipped {} seed {}: {}", trial, seed, why));
}

}  // namespace rnnbench
