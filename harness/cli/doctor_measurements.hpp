#pragma once

#include <functional>
#include <string>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Seconds that each group of measurements of `doctor` may take; a group divides them among its measurements.
struct DoctorTimes {
  double multiply_add;
  double bandwidth;
  double latency;
  double jitter;
  double product;
  double stream;
  std::size_t most_array_bytes;  ///< of each of the three arrays that stand for memory
  bool is_quick;                 ///< the product of the Eigen engine alone, STREAM with all threads alone
};

/// Together about 12 s and 1 s; filling arrays and loading LibTorch come on top.
DoctorTimes full_times();
DoctorTimes quick_times();

/// What this machine does, as `doctor --json` prints it in `measured`, units in the names; doctor_rows()
/// shows all of it. With 1, 2, 4, … and as many threads as this process has processors. `show` gets what is
/// done now.
Json measure_machine(const DoctorTimes& times, const std::function<void(const std::string&)>& show);

}  // namespace rnnbench
