#pragma once

#include <string>
#include <vector>

#include "harness/core/child_process.hpp"
#include "harness/core/live_output.hpp"
#include "harness/workers/worker_messages.hpp"

namespace rnnbench {

/// The parent's end of the talk with one worker process.
class WorkerLink {
 public:
  /// Starts it. Throws EnvironmentError.
  explicit WorkerLink(const std::vector<std::string>& command) : process_(command) {}

  ChildProcess& process() { return process_; }
  const ChildProcess& process() const { return process_; }

  /// A worker that is gone doesn't read it, which its end will say.
  void ask(const RunRequest& request) { process_.send(to_line(request)); }

  /// What it said since the last call, whole lines only. Throws EnvironmentError for what is no message.
  std::vector<WorkerMessage> take() {
    drain();
    std::vector<WorkerMessage> messages;
    std::size_t begin = 0;
    for (std::size_t end; (end = said_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      messages.push_back(worker_message(said_.substr(begin, end - begin)));
    }
    said_.erase(0, begin);
    has_worked_ = has_worked_ || !messages.empty();
    return messages;
  }

  /// Reads what it wrote, so that it never waits for a full pipe.
  void drain() {
    process_.take_messages(said_);
    std::string text;
    process_.take_output(text);
    output_.add(text);
  }

  bool has_worked() const { return has_worked_; }
  std::string last_output() const { return output_.text(); }
  void record_output(RunSink& sink, RunId run) { live_.record(sink, run, output_); }
  void forget_output() {
    output_.clear();
    live_.clear();
  }

 private:
  ChildProcess process_;
  std::string said_;  // of which no whole line was taken yet
  OutputTail output_;
  LiveOutput live_;
  bool has_worked_ = false;
};

}  // namespace rnnbench
