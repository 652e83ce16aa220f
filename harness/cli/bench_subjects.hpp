#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "harness/cli/options.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// What engines are compared on.
struct BenchSubject {
  std::string name;            ///< "m1", or as parity_subjects() labels a cell of an experiment
  std::filesystem::path file;  ///< that it comes from
  TrialSpec trial;             ///< whose engine doesn't matter
  std::string fingerprint;     ///< of its data set; "" where drawn
  bool drawn_tokens = false;   ///< its data set isn't here
  std::vector<std::string> notes;
};

/// Reads "m1" … "m6", the models of the claims, or experiment files, whose distinct models
/// each are one. Where reviews or word vectors aren't here, timings do without. `overrides` as with --set.
/// Throws ConfigError, DataError.
std::vector<BenchSubject> bench_subjects(const std::vector<std::string>& names,
                                         const std::vector<std::string>& overrides, const DataOption& data,
                                         const VectorsOption& vectors, const std::stop_token& stop);

}  // namespace rnnbench
