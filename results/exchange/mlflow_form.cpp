#include "results/exchange/mlflow_form.hpp"

#include <fmt/format.h>

#include <cmath>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "harness/core/utf8.hpp"
#include "results/exchange/mlflow_names.hpp"
#include "results/exchange/mlflow_places.hpp"
#include "results/exchange/packed_text.hpp"
#include "results/query/flat_json.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostOfAnExperimentName = 500;

std::string mlflow_status(const std::string& status) {
  return status == "finished" ? "FINISHED" : status == "failed" ? "FAILED" : "KILLED";
}

/// A text as tags "name.1", "name.2", …, of as many bytes as one may have.
void add_in_parts(std::map<std::string, std::string>& tags, const std::string& name, std::string_view text) {
  for (int part = 1; !text.empty(); ++part) {
    const std::string_view head = first_bytes(text, kMlflowTagBytes);
    tags[fmt::format("{}.{}", name, part)] = head;
    text.remove_prefix(head.size());
  }
}

/// Of the run for people: what they sort and filter by.
std::map<std::string, std::string> readable_tags(const RunRecord& record) {
  std::map<std::string, std::string> tags;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) tags[name] = first_bytes(visible_text(value), kMlflowTagBytes);
  };
  for (const char* column : {"uid", "status", "reason", "host"}) {
    add(fmt::format("rnnbench.{}", column), record.run_text(column));
  }
  for (const char* column : {"engine", "cell", "device", "data_set", "recipe"}) {
    add(fmt::format("rnnbench.{}", column), record.text_of("trial", column));
  }
  add("rnnbench.trial", record.text_of("trial", "key"));
  add("rnnbench.seed", record.rows.at("run").at("seed").dump());
  add("rnnbench.schema", record.rows.at("schema").dump());
  std::string labels;
  for (const Json& tag : record.rows.at("tags"))
    labels += (labels.empty() ? "" : " ") + text_in(tag).value_or("");
  add("rnnbench.tags", labels);
  add("mlflow.note.content", record.run_text("note"));
  add("mlflow.source.name", "rnnbench");
  add_in_parts(tags, "rnnbench.settings", record.text_of("trial", "settings"));
  return tags;
}

void add_params(const RunRecord& record, MlflowForm& form) {
  MlflowNames names;
  FlatJson settings = flat_json(record.text_of("trial", "settings"));
  settings.try_emplace("seed", record.rows.at("run").at("seed").dump());
  for (const auto& [path, value] : settings) {
    const std::string_view kept = first_bytes(value, kMlflowParamBytes);
    form.run.params[names.take(path)] = kept;
    if (kept.size() < value.size()) {
      form.changes.push_back(
          fmt::format("param {}: {} of {} bytes", visible_text(path), kept.size(), value.size()));
    }
  }
  form.changes.insert(form.changes.end(), names.changes().begin(), names.changes().end());
}

std::string wanted_key(const MetricSeries& series) {
  return fmt::format("{}{}{}{}", series.split, series.split.empty() ? "" : "/", series.name,
                     series.is_of_epochs() ? "" : " per step");
}

/// Adds a series' values; returns what the record has to say of them.
Json add_series(const MetricSeries& series, const std::string& key, std::int64_t time, MlflowForm& form) {
  const std::vector<MlflowPlace> places = places_of(series);
  Json infinite = Json::array();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double value = series.points[i].value;
    form.run.metrics.push_back({key, value, time, places[i].mlflow_step});
    if (std::isinf(value)) infinite.push_back({places[i].mlflow_step, value > 0});
  }
  return {{"key", key},
          {"name", text_json(series.name)},
          {"split", text_json(series.split)},
          {"unit", text_json(series.unit)},
          {"count", places.size()},
          {"places", json_of(places)},
          {"infinite", infinite}};
}

void add_timings(const Json& timings, std::int64_t time, MlflowNames& names, MlflowForm& form) {
  std::map<std::string, std::string> keys;
  for (const Json& timing : timings) {
    const std::string phase =
        fmt::format("timing/{}/{}{}", text_in(timing.at("phase")).value_or(""),
                    text_in(timing.at("clock")).value_or(""), timing.at("warmup") == 1 ? " warm-up" : "");
    const auto add = [&](const char* what, const char* column, double unit_ns) {
      const std::string name = fmt::format("{} {}", phase, what);
      auto key = keys.find(name);
      if (key == keys.end()) key = keys.emplace(name, names.take(name)).first;
      form.run.metrics.push_back({key->second, timing.at(column).get<double>() / unit_ns, time,
                                  timing.at("epoch").get<std::int64_t>()});
    };
    add("median ms", "median_ns", 1e6);
    add("total s", "total_ns", 1e9);
  }
}

void add_metrics(const RunRecord& record, MlflowForm& form) {
  const std::int64_t time = form.run.end.value_or(form.run.start);
  MlflowNames names;
  Json series = Json::array();
  for (const MetricSeries& each : record.metrics) {
    series.push_back(add_series(each, names.take(wanted_key(each)), time, form));
  }
  add_timings(record.rows.at("timings"), time, names, form);
  for (const char* column : {"train_seconds", "seconds"}) {
    const Json& value = record.rows.at("run").at(column);
    if (value.is_number()) form.run.metrics.push_back({names.take(column), value.get<double>(), time, 0});
  }
  form.changes.insert(form.changes.end(), names.changes().begin(), names.changes().end());
  Json packed{{"rows", record.rows}, {"series", series}};
  packed["rows"]["experiment"]["created"] =
      record.run_text("started");  // the other changes with each plan of it
  add_in_parts(form.run.tags, kRecordTag, packed_text(packed.dump()));
}

/// A name that is no UTF-8 is shown as it is in messages, with a digest that tells it from that text.
std::string experiment_name(const RunRecord& record, std::vector<std::string>& changes) {
  const std::string name = record.text_of("experiment", "name");
  std::string taken = name.empty() ? "rnnbench" : name;
  if (name.size() > kMostOfAnExperimentName || !is_utf8(name)) {
    const std::string shown = is_utf8(name) ? name : visible_text(name);
    taken =
        fmt::format("{}-{}", first_bytes(shown, kMostOfAnExperimentName - 9), sha256_hex(name).substr(0, 8));
  }
  if (taken != name)
    changes.push_back(fmt::format("experiment {} -> {}", visible_text(name), visible_text(taken)));
  return taken;
}

std::string digest_of(const MlflowRun& run) {
  Json metrics = Json::array();
  for (const MlflowMetric& metric : run.metrics) metrics.push_back(json_of(metric));
  return sha256_hex(
      Json{run.status, run.tags, run.params, metrics}.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

MlflowForm mlflow_form(const RunRecord& record) try {
  MlflowForm form;
  form.experiment = experiment_name(record, form.changes);
  form.run.name = visible_text(
      fmt::format("{} {} {} seed {}", record.text_of("trial", "engine"), record.text_of("trial", "cell"),
                  record.text_of("trial", "key").substr(0, 8), record.rows.at("run").at("seed").dump()));
  form.run.status = mlflow_status(record.run_text("status"));
  form.run.start = milliseconds_at(record.run_text("started")).value_or(0);
  form.run.end = milliseconds_at(record.run_text("finished"));
  form.run.tags = readable_tags(record);
  add_params(record, form);
  add_metrics(record, form);
  form.digest = digest_of(form.run);
  return form;
} catch (const Json::exception& error) {
  throw EnvironmentError(fmt::format(
      "it holds what MLflow has no form for ({}); look for it with `rnnbench check`", error.what()));
}

}  // namespace rnnbench
