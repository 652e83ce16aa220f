#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/core/error.hpp"
#include "results/exchange/mlflow_form.hpp"
#include "results/exchange/mlflow_places.hpp"
#include "results/exchange/packed_text.hpp"

namespace rnnbench {
namespace {

std::string joined_parts(const std::map<std::string, std::string>& tags, const std::string& name) {
  std::string text;
  for (int part = 1;; ++part) {
    const auto found = tags.find(fmt::format("{}.{}", name, part));
    if (found == tags.end()) return text;
    text += found->second;
  }
}

[[noreturn]] void refuse(const Json::exception& error) {
  throw EnvironmentError(fmt::format("its tags {}.1, … have another form ({})", kRecordTag, error.what()));
}

std::string required_text(const Json& series, const char* name) {
  const std::optional<std::string> text = text_in(series.at(name));
  if (!text) throw EnvironmentError(fmt::format("its tags {}.1, … have no text as {}", kRecordTag, name));
  return *text;
}

/// By step, of several the newest.
std::map<std::int64_t, double> newest_by_step(std::vector<MlflowMetric> values) {
  std::ranges::stable_sort(values, {}, &MlflowMetric::timestamp);
  std::map<std::int64_t, double> newest;
  for (const MlflowMetric& value : values) newest[value.step] = value.value;
  return newest;
}

}  // namespace

ReturnedRun::ReturnedRun(const MlflowRun& run) {
  try {
    Json packed = Json::parse(unpacked_text(joined_parts(run.tags, kRecordTag)));
    record_.rows = std::move(packed.at("rows"));
    for (Json& series : packed.at("series")) {
      expected_.push_back({series.at("key").get<std::string>(), series.at("count").get<std::size_t>()});
      record_.metrics.push_back(
          {required_text(series, "name"), required_text(series, "split"), required_text(series, "unit"), {}});
      places_.push_back(std::move(series));
    }
  } catch (const Json::exception& error) {
    refuse(error);
  }
}

void ReturnedRun::fill(std::size_t series, std::vector<MlflowMetric> values) {
  std::map<std::int64_t, double> by_step = newest_by_step(std::move(values));
  try {
    for (const Json& infinite : places_.at(series).at("infinite")) {
      const double sign = infinite.at(1).get<bool>() ? 1 : -1;
      const auto place = by_step.find(infinite.at(0).get<std::int64_t>());
      if (place != by_step.end()) place->second = sign * std::numeric_limits<double>::infinity();
    }
    std::vector<MetricPoint>& points = record_.metrics.at(series).points;
    for (const MlflowPlace& place : places_of(places_.at(series).at("places"), by_step.size())) {
      const auto found = by_step.find(place.mlflow_step);
      if (found == by_step.end()) {
        throw EnvironmentError(
            fmt::format("values of its metric {} are missing there", expected_[series].key));
      }
      points.push_back({place.epoch, place.step, found->second});
    }
  } catch (const Json::exception& error) {
    refuse(error);
  }
}

}  // namespace rnnbench
