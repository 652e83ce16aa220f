#include "results/exchange/mlflow_run.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace rnnbench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto& text = json.get_ref<const std::string&>();
  if (text == "Infinity" || text == "-Infinity") return text == "Infinity" ? kInfinity : -kInfinity;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value
                                                                  : std::numeric_limits<double>::quiet_NaN();
}

std::map<std::string, std::string> texts_of(const Json& data, const char* list) {
  std::map<std::string, std::string> texts;
  for (const Json& entry : data.value(list, Json::array())) {
    texts[entry.at("key").get<std::string>()] = entry.value("value", "");
  }
  return texts;
}

}  // namespace

std::int64_t integer_of(const Json& json) {
  if (!json.is_string()) return json.get<std::int64_t>();
  const auto& text = json.get_ref<const std::string&>();
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

MlflowMetric metric_of(const Json& json) {
  return {json.at("key").get<std::string>(), number_of(json.value("value", Json(0.0))),
          integer_of(json.value("timestamp", Json(0))), integer_of(json.value("step", Json(0)))};
}

MlflowRun run_of(const Json& json) {
  const Json& info = json.at("info");
  MlflowRun run{.id = info.contains("run_id") ? info["run_id"].get<std::string>()
                                              : info.at("run_uuid").get<std::string>(),
                .name = info.value("run_name", ""),
                .status = info.value("status", "RUNNING"),
                .start = integer_of(info.value("start_time", Json(0)))};
  if (info.contains("end_time")) run.end = integer_of(info["end_time"]);
  run.is_deleted = info.value("lifecycle_stage", "active") == "deleted";
  const Json data = json.value("data", Json::object());
  run.tags = texts_of(data, "tags");
  run.params = texts_of(data, "params");
  for (const Json& metric : data.value("metrics", Json::array())) run.metrics.push_back(metric_of(metric));
  return run;
}

Json json_of(const MlflowMetric& metric) {
  Json json{
      {"key", metric.key}, {"value", metric.value}, {"timestamp", metric.timestamp}, {"step", metric.step}};
  if (std::isnan(metric.value)) json["value"] = "NaN";
  if (std::isinf(metric.value)) json["value"] = metric.value > 0 ? "Infinity" : "-Infinity";
  return json;
}

}  // namespace rnnbench
