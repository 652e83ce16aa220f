#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/data/data_spec.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// What decides how long a run of a trial takes, as far as an estimate knows.
struct RunSize {
  std::string kind;   ///< engine, cell and device: only these are compared
  std::string shape;  ///< units of the layers and batch: if any past runs are of the same, only they count
  /// Epochs × training reviews × length × units of all layers. Past time is scaled by it: exact in the
  /// first three but for what a run costs once; in the units it lies between what a step costs whatever
  /// its size and the arithmetic, which grows with their square.
  double work = 0;
};

/// The size of a trial given by its parts; `units` of each layer.
RunSize run_size(const std::string& kind, const DataSpec& data, int length, const std::vector<int>& units,
                 int batch, int epochs);
RunSize run_size(const TrialSpec& trial);

/// RunSize::kind.
std::string run_kind(const std::string& engine, const std::string& cell, const std::string& device);

/// Finished runs of one trial.
struct PastRuns {
  std::string trial;  ///< key
  RunSize size;
  int runs = 0;
  double mean_seconds = 0;  ///< from a run's begin to its end
};

struct RunEstimate {
  double seconds = 0;
  std::string basis;  ///< "2 runs of it", "12 of like trials", "12 of like trials of other sizes"
};

/// How long a run will take, learnt from past runs: the mean of the same trial's; else of like trials
/// (RunSize::kind, and shape where there are such) their seconds by work, times its work; else nothing.
class RunEstimates {
 public:
  void add(const PastRuns& past);
  std::optional<RunEstimate> of(const std::string& trial, const RunSize& size) const;

 private:
  struct Sum {
    int runs = 0;
    double seconds = 0;
    double work = 0;
    void add(const PastRuns& past);
  };
  std::map<std::string, Sum> trials_;  ///< by key
  std::map<std::string, Sum> shapes_;  ///< by kind and shape
  std::map<std::string, Sum> kinds_;
};

}  // namespace rnnbench
