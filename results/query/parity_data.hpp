#pragma once

#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace rnnbench {

struct TrialData;

/// What several seeds of a quick training on both engines showed.
struct SeedsData {
  std::string verdict;  ///< "equivalent", "different" or "not shown"
  int seeds = 0;
  double margin = 0;  ///< percentage points
  double p = 1;
  double low = 0;  ///< of the difference's 90 % interval, percentage points
  double high = 0;
  bool near_chance = false;  ///< see harness/core/parity_seeds.hpp
  std::string checked;       ///< UTC in ISO 8601
};

/// The newest parity check of two engines on a model spec.
struct ParityData {
  std::string model;  ///< canonical JSON, as model_text() gives it
  std::string reference, reference_device;
  std::string candidate, candidate_device;
  bool shown = false;         ///< all comparisons were within their bounds
  double gradient_error = 0;  ///< at worst, relative to the tensor's largest entry; NaN where there was one
  std::string checked;        ///< UTC in ISO 8601
  /// The newest of these engines and this model, which may be of an earlier check.
  std::optional<SeedsData> seeds = {};
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
