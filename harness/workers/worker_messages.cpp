#include "harness/workers/worker_messages.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {
namespace {

/// Texts of engines and files may be no UTF-8.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// JSON has no NaN: it comes as null.
double number(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

struct Writer {
  Json operator()(const WorkerReady& /*ready*/) const { return {{"ready", true}}; }
  Json operator()(const RunTaken& taken) const { return {{"taken", taken.run}}; }
  Json operator()(const BegunAnew& begun) const { return {{"begun_anew", begun.why}}; }
  Json operator()(const StepDone& step) const {
    return {{"step", {step.epoch, step.share_of_epoch, step.loss, step.accuracy}}};
  }
  Json operator()(const EvaluationBegun& evaluation) const {
    return {{"evaluating", {evaluation.epoch, evaluation.split}}};
  }
  Json operator()(const EpochDone& epoch) const {
    Json metrics = Json::array();
    for (const MetricRecord& metric : epoch.record.metrics) {
      metrics.push_back({metric.name, metric.split, metric.value, metric.unit});
    }
    return {{"epoch", {{"number", epoch.record.epoch}, {"metrics", std::move(metrics)}}}};
  }
  Json operator()(const RunOver& over) const {
    return {{"over",
             {{"taken", over.taken},
              {"status", name_of(over.status)},
              {"reason", over.reason},
              {"seconds", over.seconds}}}};
  }
  Json operator()(const WorkerFailed& failed) const {
    return {{"failed", {{"exit_code", failed.exit_code}, {"message", failed.message}}}};
  }
};

EpochDone epoch_of(const Json& json) {
  EpochRecord record{json.at("number").get<int>(), {}, {}};
  for (const Json& metric : json.at("metrics")) {
    record.metrics.push_back({metric.at(0).get<std::string>(), metric.at(1).get<std::string>(), record.epoch,
                              number(metric.at(2)), metric.at(3).get<std::string>()});
  }
  return {std::move(record)};
}

WorkerMessage message_of(const std::string& kind, const Json& json) {
  if (kind == "ready") return WorkerReady{};
  if (kind == "taken") return RunTaken{json.get<RunId>()};
  if (kind == "begun_anew") return BegunAnew{json.get<std::string>()};
  if (kind == "step")
    return StepDone{json.at(0).get<int>(), number(json.at(1)), number(json.at(2)), number(json.at(3))};
  if (kind == "evaluating") return EvaluationBegun{json.at(0).get<int>(), json.at(1).get<std::string>()};
  if (kind == "epoch") return epoch_of(json);
  if (kind == "over") {
    return RunOver{json.at("taken").get<bool>(), status_named(json.at("status").get<std::string>()),
                   json.at("reason").get<std::string>(), json.at("seconds").get<double>()};
  }
  if (kind == "failed")
    return WorkerFailed{json.at("exit_code").get<int>(), json.at("message").get<std::string>()};
  throw EnvironmentError("a worker says '" + kind + "', which nobody here knows");
}

/// Calls `read` with the line as JSON.
template <typename Read>
auto read_line(const std::string& line, Read&& read) {
  try {
    return read(Json::parse(line));
  } catch (const Json::exception& error) {
    throw EnvironmentError(
        fmt::format("a line between a worker and its parent is damaged: {}", error.what()));
  }
}

}  // namespace

std::string to_line(const RunRequest& request) {
  return line_of(
      {{"name", request.experiment.name},
       {"question", request.experiment.question},
       {"config", request.experiment.config},
       {"tags", request.experiment.tags},
       {"note", request.experiment.note},
       {"key", request.key},
       {"settings", request.settings},
       {"vectors", request.vectors},
       {"seed", request.seed},
       {"repeat", request.repeat},
       {"estimated_seconds", request.estimated_seconds ? Json(*request.estimated_seconds) : Json()}});
}

RunRequest run_request(const std::string& line) {
  return read_line(line, [](const Json& json) {
    RunRequest request;
    request.experiment.name = json.at("name").get<std::string>();
    request.experiment.question = json.at("question").get<std::string>();
    request.experiment.config = json.at("config").get<std::string>();
    request.experiment.tags = json.at("tags").get<std::vector<std::string>>();
    request.experiment.note = json.at("note").get<std::string>();
    request.key = json.at("key").get<std::string>();
    request.settings = json.at("settings").get<std::string>();
    request.vectors = json.at("vectors").get<std::string>();
    request.seed = json.at("seed").get<std::uint64_t>();
    request.repeat = json.at("repeat").get<bool>();
    const Json& seconds = json.at("estimated_seconds");
    if (!seconds.is_null()) request.estimated_seconds = seconds.get<double>();
    return request;
  });
}

std::string to_line(const WorkerMessage& message) { return line_of(std::visit(Writer{}, message)); }

WorkerMessage worker_message(const std::string& line) {
  return read_line(line, [](const Json& json) {
    if (!json.is_object() || json.size() != 1) throw EnvironmentError("a worker's message is no message");
    return message_of(json.begin().key(), json.begin().value());
  });
}

}  // namespace rnnbench
