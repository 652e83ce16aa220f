#include "harness/workers/process_memory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

namespace rnnbench {

double resident_bytes_of(pid_t process) {
  double size = 0;
  double resident = 0;
  double shared = 0;
  std::ifstream file(fmt::format("/proc/{}/statm", process));
  if (!(file >> size >> resident >> shared)) return 0;
  return (resident - shared) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace rnnbench
