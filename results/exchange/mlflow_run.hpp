#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "results/exchange/row_json.hpp"

namespace rnnbench {

/// Tags of runs that this program sent.
inline constexpr const char* kUidTag = "rnnbench.uid";
inline constexpr const char* kRecordTag = "rnnbench.record";  ///< ".1", ".2", …: the run's record, packed
/// Set last: a digest of all that was sent.
inline constexpr const char* kSentTag = "rnnbench.sent";

struct MlflowMetric {
  std::string key;
  double value = 0;
  std::int64_t timestamp = 0;  ///< milliseconds since 1970
  std::int64_t step = 0;
  auto operator<=>(const MlflowMetric&) const = default;
};

/// A run as MLflow has it.
struct MlflowRun {
  std::string id;  ///< that the server gave it
  std::string name;
  std::string status;                    ///< "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"
  std::int64_t start = 0;                ///< milliseconds since 1970
  std::optional<std::int64_t> end = {};  ///< nothing: not over
  bool is_deleted = false;
  std::map<std::string, std::string> tags = {}, params = {};
  std::vector<MlflowMetric> metrics = {};  ///< on the server: of each key the last value

  std::string tag(const std::string& key) const {
    const auto found = tags.find(key);
    return found == tags.end() ? "" : found->second;
  }
};

/// A run that a server has isn't one as MLflow has them, which says nothing of its others. The message says
/// in what, not which run it is.
class MalformedRun : public EnvironmentError {
 public:
  using EnvironmentError::EnvironmentError;
};

/// Of the API: numbers may be texts, "NaN" and "Infinity" among them. Throw MalformedRun.
MlflowMetric metric_of(const Json& json);
MlflowRun run_of(const Json& json);
/// Throws Json::exception where it has none.
std::string run_id_of(const Json& json);
/// Nothing where it is no whole number of 64 bits.
std::optional<std::int64_t> integer_of(const Json& json);
/// What runs/log-batch takes.
Json json_of(const MlflowMetric& metric);

}  // namespace rnnbench
