#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "harness/runner/progress.hpp"

namespace rnnbench {

/// Shows on stderr what some workers do: on a terminal a line a worker that is rewritten, under what stays (a
/// line a finished run) and above what is done and left in all; elsewhere plain lines, one an epoch. Without
/// colour.
class ProgressBoard {
 public:
  ProgressBoard(bool terminal, int workers);
  ~ProgressBoard();
  ProgressBoard(const ProgressBoard&) = delete;
  ProgressBoard& operator=(const ProgressBoard&) = delete;

  /// Of worker `index`, counted from 0; lives as long as the board.
  ProgressListener& lane(int index) { return lanes_.at(static_cast<std::size_t>(index)); }

 private:
  using Clock = std::chrono::steady_clock;

  /// What one worker does.
  class Lane final : public ProgressListener {
   public:
    explicit Lane(ProgressBoard& board) : board_(board) {}
    void run_started(const MatrixPosition& position, int epochs) override;
    void begun_anew(const std::string& why) override;
    void step(int epoch, double share_of_epoch, double loss, double accuracy) override;
    void evaluating(int epoch, const std::string& split) override;
    void epoch_finished(const EpochRecord& epoch) override;
    void run_finished(const RunEnd& end) override;
    void run_left() override;
    void run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) override;

    const std::string& line() const { return line_; }
    double share_done() const { return share_done_; }

   private:
    void show(const std::string& what);
    void end_run();

    ProgressBoard& board_;
    MatrixPosition position_;
    int epochs_ = 0;
    std::string results_;    // of the last epoch
    std::string line_;       // "" while it has no run
    double share_done_ = 0;  // of its run
    Clock::time_point begin_;
  };

  void begin_run(const MatrixPosition& position);
  void keep(const std::string& line);
  void draw();
  void wipe();
  std::string time_left() const;
  std::string in_all() const;

  bool terminal_;
  std::deque<Lane> lanes_;
  int runs_ = 0;  // in all
  int done_ = 0;
  int failed_ = 0;
  std::size_t drawn_ = 0;  // lines
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_draw_;
};

}  // namespace rnnbench
