#include "results/exchange/mlflow_run.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "results/exchange/mlflow_names.hpp"

namespace rnnbench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kInt64End = 0x1p63;
constexpr std::size_t kMostOfAValue = 100;

[[noreturn]] void refuse(const std::string& what, const Json& value, const char* kind) {
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  throw MalformedRun(fmt::format("{} is {}, which is no {}; log the run anew there", what,
                                 first_bytes(text, kMostOfAValue), kind));
}

/// Nothing where it is missing or null.
const Json* member(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || found->is_null() ? nullptr : &*found;
}

std::string text_at(const Json& json, const char* name, const char* otherwise = "") {
  const Json* value = member(json, name);
  return value == nullptr ? otherwise : value->get<std::string>();
}

std::int64_t integer_at(const Json& json, const char* name, const std::string& of) {
  const Json* value = member(json, name);
  if (value == nullptr) return 0;
  if (const auto number = integer_of(*value)) return *number;
  refuse(fmt::format("{} {}", of, name), *value, "whole number");
}

/// MLflow writes what JSON has no number for as "NaN", "Infinity" and "-Infinity".
std::optional<double> number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  if (!json.is_string()) return std::nullopt;
  const auto& text = json.get_ref<const std::string&>();
  if (text == "Infinity" || text == "-Infinity") return text == "Infinity" ? kInfinity : -kInfinity;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::map<std::string, std::string> texts_of(const Json& data, const char* list) {
  std::map<std::string, std::string> texts;
  for (const Json& entry : data.value(list, Json::array())) {
    texts[entry.at("key").get<std::string>()] = text_at(entry, "value");
  }
  return texts;
}

template <typename Read>
auto read(Read action) {
  try {
    return action();
  } catch (const Json::exception& error) {
    throw MalformedRun(fmt::format("it has another form than MLflow's runs ({})", error.what()));
  }
}

MlflowMetric read_metric(const Json& json) {
  const auto key = json.at("key").get<std::string>();
  const Json value = json.value("value", Json(0.0));
  const std::optional<double> number = number_of(value);
  if (!number) refuse(fmt::format("the value of its metric {}", key), value, "number");
  const std::string of = fmt::format("of its metric {} the", key);
  return {key, *number, integer_at(json, "timestamp", of), integer_at(json, "step", of)};
}

MlflowRun read_run(const Json& json) {
  const Json& info = json.at("info");
  MlflowRun run{.id = run_id_of(json),
                .name = text_at(info, "run_name"),
                .status = text_at(info, "status", "RUNNING"),
                .start = integer_at(info, "start_time", "its")};
  if (member(info, "end_time") != nullptr) run.end = integer_at(info, "end_time", "its");
  run.is_deleted = text_at(info, "lifecycle_stage", "active") == "deleted";
  const Json* data = member(json, "data");
  if (data == nullptr) return run;
  run.tags = texts_of(*data, "tags");
  run.params = texts_of(*data, "params");
  for (const Json& metric : data->value("metrics", Json::array())) run.metrics.push_back(read_metric(metric));
  return run;
}

}  // namespace

std::optional<std::int64_t> integer_of(const Json& json) {
  if (json.is_number_float()) {
    const auto number = json.get<double>();
    const bool is_whole = number == std::trunc(number) && number >= -kInt64End && number < kInt64End;
    return is_whole ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
  }
  if (!json.is_string() && !json.is_number_integer()) return std::nullopt;
  const std::string text = json.is_string() ? json.get<std::string>() : json.dump();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string run_id_of(const Json& json) {
  const Json& info = json.at("info");
  return info.contains("run_id") ? info["run_id"].get<std::string>() : info.at("run_uuid").get<std::string>();
}

MlflowMetric metric_of(const Json& json) {
  return read([&] { return read_metric(json); });
}

MlflowRun run_of(const Json& json) {
  return read([&] { return read_run(json); });
}

Json json_of(const MlflowMetric& metric) {
  Json json{
      {"key", metric.key}, {"value", metric.value}, {"timestamp", metric.timestamp}, {"step", metric.step}};
  if (std::isnan(metric.value)) json["value"] = "NaN";
  if (std::isinf(metric.value)) json["value"] = metric.value > 0 ? "Infinity" : "-Infinity";
  return json;
}

}  // namespace rnnbench
