#include "results/exchange/mlflow_foreign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "harness/core/clock.hpp"
#include "harness/core/sha256.hpp"
#include "results/exchange/decimal.hpp"

namespace rnnbench {
namespace {

constexpr const char* kSeedParams[] = {"seed", "random_seed", "random_state", "manual_seed"};
constexpr std::int64_t kLastMoment = 7'258'118'400'000;  // the year 2200

std::string moment(std::int64_t milliseconds) {
  return utc_at(std::clamp<std::int64_t>(milliseconds, 0, kLastMoment - 1));
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// "1e-3" is a number, "True" is true; what is neither stays a text, as does a number with digits that ours
/// wouldn't have: params that differ are different trials.
Json typed(const std::string& value) {
  if (value == "True" || value == "true") return true;
  if (value == "False" || value == "false") return false;
  Json parsed = Json::parse(value, nullptr, /*allow_exceptions=*/false);
  return parsed.is_number() && is_same_number(value, parsed.dump()) ? parsed : Json(value);
}

std::int64_t seed_from_id(const std::string& id) {
  return static_cast<std::int64_t>(std::stoul(sha256_hex(id).substr(0, 8), nullptr, 16));
}

/// Takes the seed out of the params.
std::int64_t take_seed(std::map<std::string, std::string>& params, const std::string& id) {
  for (const char* name : kSeedParams) {
    const auto found = params.find(name);
    if (found == params.end()) continue;
    const std::string& text = found->second;
    std::int64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size()) continue;
    params.erase(found);
    return seed;
  }
  return seed_from_id(id);
}

Json trial_row(const std::string& experiment, const std::map<std::string, std::string>& params) {
  Json settings{{"experiment", experiment}, {"params", Json::object()}};
  for (const auto& [name, value] : params) settings["params"][name] = typed(value);
  const std::string text = dumped(settings);
  return {{"key", sha256_hex(text)},
          {"settings", text},
          {"engine", kMlflowEngine},
          {"cell", experiment},
          {"device", ""},
          {"data_set", ""},
          {"recipe", ""},
          {"vocabulary", 0},
          {"length", 0}};
}

Json environment_row(const MlflowRun& run) {
  Json environment = Json::object();
  for (const auto& [key, value] : run.tags) {
    if (key == "mlflow.user" || key.starts_with("mlflow.source.")) environment[key] = value;
  }
  const std::string content = dumped(environment);
  return {{"digest", sha256_hex(content)}, {"content", content}};
}

double seconds_between(std::int64_t start, std::int64_t end) {
  return std::max(0.0, static_cast<double>(end) / 1e3 - static_cast<double>(start) / 1e3);
}

Json run_row(const MlflowRun& run, std::int64_t seed) {
  const bool is_killed = run.status == "KILLED";
  return {{"uid", "mlflow:" + run.id},
          {"seed", seed},
          {"engine_details", dumped(Json{{"mlflow", {{"name", run.name}, {"tags", run.tags}}}})},
          {"status", is_killed                ? "interrupted"
                     : run.status == "FAILED" ? "failed"
                                              : "finished"},
          {"reason", is_killed || run.status == "FAILED" ? fmt::format("{} in MLflow", run.status) : ""},
          {"host", ""},
          {"process", 0},
          {"process_start", 0},
          {"started", moment(run.start)},
          {"finished", run.end ? Json(moment(*run.end)) : Json()},
          {"seconds", run.end ? Json(seconds_between(run.start, *run.end)) : Json()},
          {"note", run.tag("mlflow.note.content")}};
}

struct NameAndSplit {
  std::string name, split;
};

NameAndSplit name_and_split(const std::string& key) {
  static const std::map<std::string, std::string> splits = {
      {"train", "train"},           {"training", "train"},  {"val", "validation"}, {"valid", "validation"},
      {"validation", "validation"}, {"eval", "validation"}, {"test", "test"}};
  const std::size_t end = key.find_first_of("/_");
  if (end == std::string::npos || end + 1 == key.size()) return {key, ""};
  const auto found = splits.find(key.substr(0, end));
  return found == splits.end() ? NameAndSplit{key, ""} : NameAndSplit{key.substr(end + 1), found->second};
}

}  // namespace

RunRecord foreign_run(const MlflowExperiment& experiment, const MlflowRun& run) {
  std::map<std::string, std::string> params = run.params;
  const std::int64_t seed = take_seed(params, run.id);
  Json rows;
  rows["run"] = run_row(run, seed);
  rows["trial"] = trial_row(experiment.name, params);
  rows["experiment"] = {{"name", experiment.name},
                        {"question", "What was logged with MLflow?"},
                        {"config", fmt::format("# experiment {} of an MLflow server\n", experiment.id)},
                        {"created", moment(experiment.created)}};
  rows["environment"] = environment_row(run);
  for (const char* none : {"experiment_tags", "tags", "resumes", "timings"}) rows[none] = Json::array();
  return {std::move(rows), {}};
}

int add_foreign_metric(RunRecord& record, const std::string& key, std::vector<MlflowMetric> values) {
  NameAndSplit wanted = name_and_split(key);
  const bool is_taken = std::ranges::any_of(record.metrics, [&](const MetricSeries& series) {
    return series.name == wanted.name && series.split == wanted.split;
  });
  if (is_taken) wanted = {key, ""};
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  const auto left_out = std::erase_if(
      values, [](const MlflowMetric& value) { return value.step > kMost || value.step < -kMost; });
  std::ranges::stable_sort(values, {},
                           [](const MlflowMetric& value) { return std::pair(value.step, value.timestamp); });
  MetricSeries epochs{wanted.name, wanted.split, "", {}}, steps = epochs;
  std::int64_t step = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_last = i + 1 == values.size() || values[i + 1].step != values[i].step;
    (is_last ? epochs : steps).points.push_back({values[i].step, is_last ? -1 : step, values[i].value});
    step = is_last ? 0 : step + 1;
  }
  for (MetricSeries* series : {&epochs, &steps}) {
    if (!series->points.empty()) record.metrics.push_back(std::move(*series));
  }
  return static_cast<int>(left_out);
}

}  // namespace rnnbench
