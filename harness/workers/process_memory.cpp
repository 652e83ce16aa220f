#include "harness/workers/process_memory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace rnnbench {
namespace {

double own_bytes(pid_t process) {
  double size = 0;
  double resident = 0;
  double shared = 0;
  std::ifstream file(fmt::format("/proc/{}/statm", process));
  if (!(file >> size >> resident >> shared)) return 0;
  return (resident - shared) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

double resident_bytes_of(pid_t process) {
  double bytes = own_bytes(process);
  std::error_code gone;
  for (const auto& thread :
       std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process), gone)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) bytes += resident_bytes_of(child);
  }
  return bytes;
}

}  // namespace rnnbench
