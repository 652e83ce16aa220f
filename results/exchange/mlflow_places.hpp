#pragma once

#include <vector>

#include "results/exchange/run_record.hpp"

namespace rnnbench {

/// Where a value of a series stands: MLflow counts steps only, we epochs and steps within them.
struct MlflowPlace {
  std::int64_t mlflow_step = 0;
  std::int64_t epoch = 0, step = -1;
  bool operator==(const MlflowPlace&) const = default;
};

/// In the order of the points: of whole epochs the epoch is the step, else they are counted from 0.
std::vector<MlflowPlace> places_of(const MetricSeries& series);

/// The places as JSON, runs of them as [epoch, step, count], and back. Throws EnvironmentError where there
/// are more than `most`, Json::exception where it isn't JSON of such.
Json json_of(const std::vector<MlflowPlace>& places);
std::vector<MlflowPlace> places_of(const Json& json, std::size_t most);

}  // namespace rnnbench
