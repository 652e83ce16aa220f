#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/core/child_process.hpp"
#include "harness/core/output_tail.hpp"

namespace rnnbench {

/// A talk with a process: a line is said, a line is answered. The process and all that it started end with
/// this.
class LineTalk {
 public:
  /// Starts `command`, see ChildProcess. `name` is what messages call it. An answer that takes longer than
  /// `most_seconds` is an error; without them it is waited for. Throws EnvironmentError.
  LineTalk(const std::vector<std::string>& command, ChildProcess::Messages messages, std::string name,
           std::stop_token stop, std::optional<double> most_seconds = std::nullopt);
  ~LineTalk();

  /// Sends `line`, which ends with a line's end, and waits for the answer, which it returns without one.
  /// Throws EngineError with the last output where the process is gone or says nothing in time, Interrupted.
  std::string ask(const std::string& line);

  /// ", after it wrote: …", or "".
  std::string last_words();

  pid_t process() const { return process_.id(); }

 private:
  void take();

  ChildProcess process_;
  std::string name_;
  std::stop_token stop_;
  std::optional<double> most_seconds_;
  std::string said_;  // of which no whole line was taken yet
  OutputTail output_;
};

}  // namespace rnnbench
