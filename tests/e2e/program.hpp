#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rnnbench {

/// How the program ended and what it printed.
struct ProgramResult {
  int exit_code = -1;  ///< -1 where a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
};

/// The built `rnnbench` binary, started in a folder of its own with a cache folder of its own.
class Program {
 public:
  /// Makes `folder`; it is removed with everything in it at the end.
  explicit Program(const std::filesystem::path& folder);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Starts it without waiting; output goes to files. One at a time.
  void start(const std::vector<std::string>& arguments);
  void send(int signal) const;
  /// Of what was started.
  pid_t process() const { return child_; }
  bool is_running();
  ProgramResult wait();
  /// Starts it and waits.
  ProgramResult run(const std::vector<std::string>& arguments);

  /// Writes a file into the folder and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& content) const;
  const std::filesystem::path& folder() const { return folder_; }
  /// Variables on top of the test's own environment.
  std::map<std::string, std::string> environment;

 private:
  std::filesystem::path folder_;
  pid_t child_ = -1;
  int status_ = 0;
};

}  // namespace rnnbench
