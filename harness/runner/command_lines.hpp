#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/core/epoch_buffer.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {

/// What a command prints, line by line, as the records of a run. A line is a metric, a timing or the time
/// that training took if it is a JSON object with that key; everything else is output:
///
///   {"metric": "accuracy", "split": "test", "epoch": 3, "value": 0.87, "unit": "fraction"}
///   {"timing": "step", "epoch": 3, "ns": [1200, 1150]}        also "clock": "device", "warmup": true
///   {"train_seconds": 12.5}
///
/// `split` and `unit` may be left out, `epoch` too: then it is that of the line before, at first 1. Epochs
/// never go back. A value of null or NaN is NaN, Infinity is infinite.
class CommandLines {
 public:
  /// Takes a line; whether it was one of these. Throws EngineError for one that is wrong, with what is wrong.
  bool take(const std::string& line);

  /// The epochs that are complete, since a later one began, and those only once.
  std::vector<EpochRecord> completed() { return epochs_.completed(); }
  /// The last one, once no more lines come.
  std::optional<EpochRecord> last() { return epochs_.last(); }

  std::optional<double> train_seconds() const { return train_seconds_; }

 private:
  int epoch_of(const Json& json) const;

  EpochBuffer epochs_;
  std::optional<double> train_seconds_;
  int number_of_lines_ = 0;
};

}  // namespace rnnbench
