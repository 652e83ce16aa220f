#include "harness/measure/process_memory.hpp"

#include <fmt/format.h>

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

}  // namespace

double resident_peak_of(pid_t process) {
  double bytes = own_peak_of(process);
  for (const pid_t each : descendants_of(process)) bytes += own_peak_of(each);
  return bytes;
}

}  // namespace rnnbench
