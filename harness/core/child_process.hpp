#pragma once

#include <poll.h>
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace rnnbench {

/// How a process ended.
struct ProcessEnd {
  int exit_code = -1;  ///< -1 where a signal ended it
  int signal = 0;
};

/// "signal 11 (Segmentation fault)" or "exit code 134".
std::string in_words(const ProcessEnd& end);

/// A program started by this one, which the system kills when the thread that started it ends. Its standard
/// input, its messages and its output are pipes to here. Used from one thread.
class ChildProcess {
 public:
  /// Where a child writes its messages.
  enum class Messages {
    kOnDescriptor3,     ///< its output is standard output and standard error together
    kOnStandardOutput,  ///< its output is standard error
  };
  static constexpr int kDescriptor = 3;

  /// Starts `command`, a program (looked for in $PATH where it has no '/') and its arguments. Throws
  /// EnvironmentError.
  explicit ChildProcess(const std::vector<std::string>& command,
                        Messages messages = Messages::kOnDescriptor3);
  /// Kills it where it still runs.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return id_; }

  /// Writes to its standard input as much as it takes now; the rest by send_more(). Whether it still reads.
  bool send(const std::string& text);
  bool send_more();
  /// Once everything was written.
  void close_input();

  /// Appends what has arrived since the last call, without waiting.
  void take_messages(std::string& text) { take(messages_, text); }
  void take_output(std::string& text) { take(output_, text); }
  /// -1 once it closed them.
  int messages() const { return messages_; }
  int output() const { return output_; }
  /// Adds what poll(2) is to wait for: something to read, or room for what is to be written.
  void poll_into(std::vector<pollfd>& pipes) const;

  void send_signal(int signal) const;
  /// How it ended, or nothing while it runs.
  std::optional<ProcessEnd> ended();

 private:
  static void take(int& pipe, std::string& text);

  pid_t id_ = -1;
  int input_ = -1;
  std::string unsent_;
  bool is_last_ = false;  ///< the input ends with what is unsent
  int messages_ = -1;
  int output_ = -1;
  std::optional<ProcessEnd> end_;
};

}  // namespace rnnbench
