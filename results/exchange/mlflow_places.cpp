#include "results/exchange/mlflow_places.hpp"

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// The one after `place` in a run of them.
MlflowPlace after(MlflowPlace place) {
  ++place.mlflow_step;
  ++(place.step == -1 ? place.epoch : place.step);
  return place;
}

}  // namespace

std::vector<MlflowPlace> places_of(const MetricSeries& series) {
  std::vector<MlflowPlace> places;
  for (const MetricPoint& point : series.points) {
    const auto number = static_cast<std::int64_t>(places.size());
    places.push_back({series.is_of_epochs() ? point.epoch : number, point.epoch, point.step});
  }
  return places;
}

Json json_of(const std::vector<MlflowPlace>& places) {
  Json runs = Json::array();
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (i > 0 && places[i] == after(places[i - 1])) {
      runs.back()[2] = runs.back()[2].get<std::int64_t>() + 1;
    } else {
      runs.push_back({places[i].epoch, places[i].step, 1});
    }
  }
  return runs;
}

std::vector<MlflowPlace> places_of(const Json& json, std::size_t most) {
  std::vector<MlflowPlace> places;
  for (const Json& run : json) {
    const auto epoch = run.at(0).get<std::int64_t>(), step = run.at(1).get<std::int64_t>();
    const auto number = static_cast<std::int64_t>(places.size());
    MlflowPlace place{step == -1 ? epoch : number, epoch, step};
    for (auto left = run.at(2).get<std::int64_t>(); left > 0; --left, place = after(place)) {
      if (places.size() == most) throw EnvironmentError("values of a metric are missing");
      places.push_back(place);
    }
  }
  return places;
}

}  // namespace rnnbench
