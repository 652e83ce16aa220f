#pragma once

#include <string>
#include <vector>

namespace rnnbench {

/// One comparison of two engines: how far the candidate's values are from the reference's, at worst.
struct ParityError {
  std::string group;      ///< "batches", "batches with dropout", "optimizer steps", "points of training"
  std::string check;      ///< within the group, "one review", "adam, keras form, clipped, step 2", …
  std::string quantity;   ///< "loss", "probabilities", "gradients", "update", "state", "totals"
  std::string tensor;     ///< its name; "" where the quantity is no tensor
  std::string precision;  ///< "float32" or "float64"
  double error = 0;       ///< NaN or infinite where values can't be compared: see `problem`
  double bound = 0;
  /// "is missing", "holds NaN", …; or what was found before, where double precision decided; "" where the
  /// error says it all.
  std::string problem = {};

  /// NaN never passes.
  bool passed() const { return error <= bound; }
};

/// An engine as it took part in a parity check.
struct ParityEngineRecord {
  std::string name;
  std::string device;
  std::string details = "{}";  ///< JSON, see Engine::describe
};

/// The evidence for (or against) two engines computing the same function.
struct ParityRecord {
  std::string model;     ///< canonical JSON of the model spec, as in a trial's settings
  std::string training;  ///< canonical JSON of the training settings
  std::string data_set;
  std::string recipe;
  int vocabulary = 0;
  int length = 0;
  ParityEngineRecord reference;
  ParityEngineRecord candidate;
  std::string precision;    ///< of what was compared in the engines' ordinary precision
  std::string environment;  ///< JSON, see harness/measure/environment.hpp
  std::vector<ParityError> errors;
};

/// Whether every comparison passed, and there was one.
bool passed(const ParityRecord& record);

}  // namespace rnnbench
