#include "harness/core/process_tree.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace rnnbench {

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> all;
  std::error_code gone;
  for (const auto& thread :
       std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process), gone)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) all.push_back(child);
  }
  return all;
}

std::vector<pid_t> descendants_of(pid_t process) {
  std::vector<pid_t> all;
  for (const pid_t child : children_of(process)) {
    all.push_back(child);
    const std::vector<pid_t> below = descendants_of(child);
    all.insert(all.end(), below.begin(), below.end());
  }
  return all;
}

void kill_with_descendants(pid_t process) {
  ::kill(process, SIGSTOP);  // so that it starts nothing more
  const std::vector<pid_t> all = descendants_of(process);
  ::kill(process, SIGKILL);
  for (const pid_t each : all) ::kill(each, SIGKILL);
}

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

void end_descendants() {
  for (const pid_t each : descendants_of(::getpid())) ::kill(each, SIGKILL);
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace rnnbench
