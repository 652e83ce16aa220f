#include "harness/measure/machine_use.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <numeric>
#include <sstream>
#include <string>

#include "harness/measure/machine_facts.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::optional<double> number_in(const fs::path& file) {
  double value = 0;
  if (std::ifstream(file) >> value) return value;
  return std::nullopt;
}

/// The folders in `folder`, by name; none where there is no such folder.
std::vector<fs::path> entries(const fs::path& folder) {
  std::error_code none;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, none)) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

/// The first line: "cpu user nice system idle iowait irq softirq steal guest guest_nice"; guests' time is in
/// user's already.
void read_ticks(const fs::path& file, MachineReading& reading) {
  constexpr std::size_t kSteal = 7;
  std::ifstream in(file);
  std::string name;
  in >> name;
  std::vector<double> ticks;
  for (double each = 0; ticks.size() <= kSteal && in >> each;) ticks.push_back(each);
  if (name != "cpu" || ticks.size() <= kSteal) return;
  reading.steal_ticks = ticks[kSteal];
  reading.all_ticks = std::accumulate(ticks.begin(), ticks.end(), 0.0);
}

/// Of packages alone ("package-0"): their parts ("core", "dram") are in them or beside them, and the platform
/// ("psys") and other ways to the same counters ("intel-rapl-mmio:0") would count them twice.
void read_energy(const fs::path& zones, MachineReading& reading) {
  constexpr double kMicro = 1e-6;
  for (const fs::path& zone : entries(zones)) {
    std::string kind;
    std::ifstream(zone / "name") >> kind;
    if (!zone.filename().string().starts_with("intel-rapl:") || !kind.starts_with("package")) continue;
    const auto energy = number_in(zone / "energy_uj"), range = number_in(zone / "max_energy_range_uj");
    if (!energy || !range) continue;
    reading.energy_joules.push_back(*energy * kMicro);
    reading.energy_ranges.push_back(*range * kMicro);
  }
}

std::optional<double> mean(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> frequency(const fs::path& root) {
  std::vector<double> hertz;
  for (const fs::path& processor : entries(root / "sys/devices/system/cpu")) {
    if (const auto khz = number_in(processor / "cpufreq/scaling_cur_freq")) hertz.push_back(*khz * 1e3);
  }
  if (!hertz.empty()) return mean(hertz);
  std::ifstream lines(root / "proc/cpuinfo");
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("cpu MHz")) continue;
    std::istringstream value(line.substr(std::min(line.find(':') + 1, line.size())));
    if (double mhz = 0; value >> mhz) hertz.push_back(mhz * 1e6);
  }
  return mean(hertz);
}

double seconds_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

MachineReading read_machine(const fs::path& root) {
  MachineReading reading;
  read_ticks(root / "proc/stat", reading);
  read_energy(root / "sys/class/powercap", reading);
  reading.frequency_hz = frequency(root);
  // In this order the difference never shows a suspension that wasn't.
  const double monotonic = seconds_of(CLOCK_MONOTONIC);
  reading.suspended_seconds = seconds_of(CLOCK_BOOTTIME) - monotonic;
  return reading;
}

MachineUse use_between(const MachineReading& before, const MachineReading& after) {
  constexpr double kLeastSuspension = 0.01;  // what two readings of clocks may be apart
  MachineUse use;
  if (before.all_ticks && after.all_ticks && *after.all_ticks > *before.all_ticks) {
    const double share = (*after.steal_ticks - *before.steal_ticks) / (*after.all_ticks - *before.all_ticks);
    use.steal = std::clamp(share, 0.0, 1.0);
  }
  if (!after.energy_joules.empty() && before.energy_joules.size() == after.energy_joules.size()) {
    use.joules = 0;
    for (std::size_t i = 0; i < after.energy_joules.size(); ++i) {
      const double used = after.energy_joules[i] - before.energy_joules[i];
      *use.joules += used < 0 ? used + after.energy_ranges[i] : used;
    }
  }
  if (before.frequency_hz && after.frequency_hz)
    use.frequency_hz = (*before.frequency_hz + *after.frequency_hz) / 2;
  const double suspended = after.suspended_seconds - before.suspended_seconds;
  use.suspended_seconds = suspended < kLeastSuspension ? 0 : suspended;
  return use;
}

double resident_peak(const fs::path& root) {
  std::istringstream value(field_of(root / "proc/self/status", "VmHWM"));
  double kib = 0;
  value >> kib;
  return kib * 1024;
}

void reset_resident_peak() {
  std::ofstream("/proc/self/clear_refs") << "5\n";  // proc(5), since Linux 4.0
}

}  // namespace rnnbench
