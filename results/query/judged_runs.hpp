#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "results/query/clock_problems.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// What a verdict looks at of a run.
struct JudgedRun {
  std::int64_t run = 0;
  std::uint64_t seed = 0;
  std::string status;
  double accuracy = 0;   ///< of the test, a fraction; NaN: none
  std::string settings;  ///< of the trial, canonical JSON
  std::string engine, device, experiment;
  std::string session;                 ///< the comparison of `rnnbench bench` it belongs to, or ""
  std::string bench_command;           ///< that compares so again, as words of a shell; "": not recorded
  std::string parity_command;          ///< that shows parity, but for its --engines; "": not recorded
  std::set<std::string> machines;      ///< processor and host of all its processes; "": not recorded
  std::map<int, double> step_medians;  ///< by epoch, or round of a bench: median step, host's clock [ns]
  double control_ns = 0;               ///< median over epochs of the control's; NaN: none, or none to trust
  ClockProblems clock_problems;        ///< of the steps and the control
};

/// In the order of the runs' numbers. Throws StoreError.
std::vector<JudgedRun> load_judged_runs(Database& database, const std::vector<std::int64_t>& runs);

/// The median over epochs of an epoch's median step [ns]; NaN of none.
double median_step(const JudgedRun& run);

}  // namespace rnnbench
