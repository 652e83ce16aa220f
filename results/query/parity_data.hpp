#pragma once

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace rnnbench {

struct TrialData;

/// The newest parity check of two engines on a model spec.
struct ParityData {
  std::string model;  ///< canonical JSON, as model_text() gives it
  std::string reference, reference_device;
  std::string candidate, candidate_device;
  bool shown = false;         ///< all comparisons were within their bounds
  double gradient_error = 0;  ///< at worst, relative to the tensor's largest entry; NaN where there was one
  std::string checked;        ///< UTC in ISO 8601
};

/// The model spec of a trial, canonical JSON; "null" where its settings have none.
std::string model_text(const TrialData& trial);

/// Of each model of `trials` and each pair of engines, whichever was the reference.
std::vector<ParityData> load_parity(SQLite::Database& database, const std::vector<TrialData>& trials);

/// The check of the engines (on their devices) of two trials on `model`, or nullptr.
const ParityData* find_parity(const std::vector<ParityData>& checks, const std::string& model,
                              const TrialData& one, const TrialData& other);

/// The day of an ISO 8601 time: "2026-01-31".
std::string day_of(const std::string& time);

}  // namespace rnnbench
