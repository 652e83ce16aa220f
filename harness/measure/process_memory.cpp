#include "harness/measure/process_memory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "harness/core/process_tree.hpp"
#include "harness/measure/machine_facts.hpp"

namespace rnnbench {
namespace {

double own_peak_of(pid_t process) {
  std::istringstream value(field_of(fmt::format("/proc/{}/status", process), "VmHWM"));
  double kib = 0;
  value >> kib;
  return kib * 1024;
}

double own_bytes_of(pid_t process) {
  double size = 0;
  double resident = 0;
  double shared = 0;
  std::ifstream file(fmt::format("/proc/{}/statm", process));
  if (!(file >> size >> resident >> shared)) return 0;
  return (resident - shared) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

/// Over a process and all that it started.
double sum_over_tree(pid_t process, double (*bytes_of)(pid_t)) {
  double bytes = bytes_of(process);
  for (const pid_t each : descendants_of(process)) bytes += bytes_of(each);
  return bytes;
}

}  // namespace

double resident_bytes_of(pid_t process) { return sum_over_tree(process, own_bytes_of); }

double resident_peak_of(pid_t process) { return sum_over_tree(process, own_peak_of); }

}  // namespace rnnbench
