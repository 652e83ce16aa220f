#pragma once

#include <chrono>
#include <string>

#include "harness/core/output_tail.hpp"
#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// Records the last that a running run's process wrote, so that others can read it meanwhile: what is new at
/// most once a second.
class LiveOutput {
 public:
  void record(RunSink& sink, RunId run, const OutputTail& tail) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::seconds(1);
    std::string text = tail.text();
    if (text == recorded_) return;
    sink.run_wrote(run, text);
    recorded_ = std::move(text);
  }

  /// For another run.
  void clear() { *this = {}; }

 private:
  std::chrono::steady_clock::time_point next_;
  std::string recorded_;
};

}  // namespace rnnbench
