#include "harness/workers/process_memory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "harness/core/process_tree.hpp"

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
  for (const pid_t each : descendants_of(process)) bytes += own_bytes(each);
  return bytes;
}

}  // namespace rnnbench
