#include "tests/e2e/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

Program::Program(const fs::path& folder) : folder_(folder) {
  fs::create_directories(folder_);
  environment["XDG_CACHE_HOME"] = (folder_ / "cache").string();
  environment.emplace("NO_COLOR", "1");
}

Program::~Program() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Program::start(const std::vector<std::string>& arguments) {
  std::vector<std::string> words(arguments.size() + 1, RNNBENCH_PROGRAM);
  std::copy(arguments.begin(), arguments.end(), words.begin() + 1);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const std::string out = (folder_ / "stdout.txt").string();
  const std::string err = (folder_ / "stderr.txt").string();

  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("can't fork");
  if (child_ > 0) return;
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(out_file, STDOUT_FILENO);
  ::dup2(err_file, STDERR_FILENO);
  if (::chdir(folder_.c_str()) != 0) ::_exit(126);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

void Program::send(int signal) const {
  if (child_ > 0) ::kill(child_, signal);
}

bool Program::is_running() { return child_ > 0 && ::waitpid(child_, &status_, WNOHANG) == 0; }

ProgramResult Program::wait() {
  ::waitpid(child_, &status_, 0);  // fails where is_running() has collected the status already
  child_ = -1;
  ProgramResult result;
  if (WIFEXITED(status_)) result.exit_code = WEXITSTATUS(status_);
  if (WIFSIGNALED(status_)) result.signal = WTERMSIG(status_);
  result.out = read_file(folder_ / "stdout.txt");
  result.err = read_file(folder_ / "stderr.txt");
  return result;
}

ProgramResult Program::run(const std::vector<std::string>& arguments) {
  start(arguments);
  return wait();
}

fs::path Program::write(const std::string& name, const std::string& content) const {
  write_file_atomically(folder_ / name, content);
  return folder_ / name;
}

}  // namespace rnnbench
