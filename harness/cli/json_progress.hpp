#pragma once

#include <deque>
#include <string>

#include "harness/core/settings.hpp"
#include "harness/runner/progress.hpp"

namespace rnnbench {

/// Says on stdout what some workers do, for programs: an object of JSON a line, with `event` first in
/// meaning: run_started, run_begun_anew, epoch_finished, run_finished, run_left, run_skipped.
class JsonProgress {
 public:
  explicit JsonProgress(int workers);

  /// Of worker `index`, counted from 0; lives as long as this.
  ProgressListener& lane(int index) { return lanes_.at(static_cast<std::size_t>(index)); }

  /// Writes `{"event": event, …fields}`.
  static void say(const std::string& event, Json fields);

 private:
  class Lane final : public ProgressListener {
   public:
    explicit Lane(int index) : index_(index) {}
    void run_started(const MatrixPosition& position, int epochs) override;
    void begun_anew(const std::string& why) override;
    void epoch_finished(const EpochRecord& epoch) override;
    void run_finished(const RunEnd& end) override;
    void run_left() override;
    void run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) override;

   private:
    Json of_run() const;

    int index_;
    MatrixPosition position_;
  };

  std::deque<Lane> lanes_;
};

}  // namespace rnnbench
