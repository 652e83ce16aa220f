#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace rnnbench {

/// Counters of the machine at one moment; nothing where the system doesn't have one, or doesn't let us read.
struct MachineReading {
  std::optional<double> steal_ticks, all_ticks;  ///< of all processors since boot, /proc/stat
  std::vector<double> energy_joules;             ///< of each package (RAPL), since an unknown moment
  std::vector<double> energy_ranges;             ///< of each: where its counter begins again
  std::optional<double> frequency_hz;            ///< the mean of the processors, now
  double suspended_seconds = 0;                  ///< since boot
};

/// Reads the files of a system at `root`; suspension comes from the clocks of this one.
MachineReading read_machine(const std::filesystem::path& root = "/");

/// What happened between two readings.
struct MachineUse {
  std::optional<double> steal;  ///< share of the processors' time that the host took, in [0, 1]
  std::optional<double> joules;
  std::optional<double> frequency_hz;  ///< the mean of both readings
  double suspended_seconds = 0;
};

/// A counter that began again once is followed over its range.
MachineUse use_between(const MachineReading& before, const MachineReading& after);

/// Bytes that this process had in memory at most, since it began or they were last reset; 0 where the system
/// doesn't say.
double resident_peak(const std::filesystem::path& root = "/");
/// Begins anew from what it has now, where the system allows.
void reset_resident_peak();

}  // namespace rnnbench
