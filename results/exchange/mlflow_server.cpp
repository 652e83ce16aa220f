#include "results/exchange/mlflow_server.hpp"

#include <fmt/format.h>

#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

/// A run's tags may be some MiB, and an answer MlflowClient::kMostOfAnAnswer.
constexpr int kRunsAPage = 50;
constexpr int kExperimentsAPage = 1000, kValuesAPage = 10'000;

/// What an answer holds. Throws EnvironmentError where it has another form than the API's.
template <typename Read>
auto read_answer(const MlflowAddress& address, const char* call, Read read) {
  try {
    return read();
  } catch (const Json::exception& error) {
    throw EnvironmentError(
        fmt::format("{}: answers {} with other JSON than MLflow does ({}); is that an MLflow "
                    "server's address?",
                    address.text(), call, error.what()));
  }
}

MlflowExperiment experiment_of(const Json& json) {
  return {json.at("experiment_id").get<std::string>(), json.at("name").get<std::string>(),
          json.value("lifecycle_stage", "active") == "deleted",
          integer_of(json.value("creation_time", Json())).value_or(0)};
}

/// For messages, also of a run that has none.
std::string shown_id(const Json& run) {
  try {
    return run_id_of(run);
  } catch (const Json::exception&) {
    return "without an id";
  }
}

/// Nothing where `malformed` was told; without it EnvironmentError is thrown.
std::optional<MlflowRun> run_or_report(
    const MlflowAddress& address, const Json& json,
    const std::function<void(const std::string&, const std::string&)>& malformed) {
  try {
    return run_of(json);
  } catch (const MalformedRun& error) {
    if (!malformed)
      throw EnvironmentError(fmt::format("{}: run {}: {}", address.text(), shown_id(json), error.what()));
    malformed(shown_id(json), error.what());
    return std::nullopt;
  }
}

}  // namespace

void MlflowServer::each_page(const std::function<Json(const std::string& token)>& ask,
                             const std::function<void(const Json&)>& take) {
  std::string token;
  std::set<std::string> seen;
  do {
    const Json page = ask(token);
    take(page);
    token = read_answer(address(), "a search", [&] { return page.value("next_page_token", ""); });
    if (!token.empty() && !seen.insert(token).second) {
      throw EnvironmentError(
          fmt::format("{}: its pages lead back to an earlier one; is that an MLflow server's address?",
                      address().text()));
    }
  } while (!token.empty());
}

std::optional<MlflowExperiment> MlflowServer::find_experiment(const std::string& name) {
  constexpr const char* kCall = "experiments/get-by-name";
  try {
    const Json answer = client_.get(kCall, {{"experiment_name", name}});
    return read_answer(address(), kCall, [&] { return experiment_of(answer.at("experiment")); });
  } catch (const MlflowRefusal& refusal) {
    if (refusal.code() == "RESOURCE_DOES_NOT_EXIST") return std::nullopt;
    throw;
  }
}

std::vector<MlflowExperiment> MlflowServer::experiments() {
  constexpr const char* kCall = "experiments/search";
  std::vector<MlflowExperiment> found;
  each_page(
      [&](const std::string& token) {
        Json body{{"max_results", kExperimentsAPage}, {"view_type", "ACTIVE_ONLY"}};
        if (!token.empty()) body["page_token"] = token;
        return client_.post(kCall, body);
      },
      [&](const Json& page) {
        read_answer(address(), kCall, [&] {
          for (const Json& each : page.value("experiments", Json::array()))
            found.push_back(experiment_of(each));
        });
      });
  return found;
}

MlflowExperiment MlflowServer::experiment_named(const std::string& name) {
  std::optional<MlflowExperiment> found = find_experiment(name);
  if (!found) {
    try {
      client_.post("experiments/create", {{"name", name}});
    } catch (const MlflowRefusal& refusal) {
      if (refusal.code() != "RESOURCE_ALREADY_EXISTS")
        throw;  // an answer that was lost, or another program's
    }
    found = find_experiment(name);
    if (!found)
      throw EnvironmentError(fmt::format("{}: loses the experiment that was made", address().text()));
  }
  if (found->is_deleted) {
    throw EnvironmentError(
        fmt::format("{}: the experiment '{}' is deleted there; restore it with `mlflow experiments restore "
                    "--experiment-id {}`, or "
                    "remove it for good with `mlflow gc --experiment-ids {}`",
                    address().text(), visible_text(name), found->id, found->id));
  }
  return *found;
}

void MlflowServer::each_run(const std::string& experiment, const std::string& filter, bool with_deleted,
                            const std::function<void(MlflowRun)>& take,
                            const std::function<void(const std::string&, const std::string&)>& malformed) {
  constexpr const char* kCall = "runs/search";
  each_page(
      [&](const std::string& token) {
        Json body{{"experiment_ids", {experiment}},
                  {"filter", filter},
                  {"run_view_type", with_deleted ? "ALL" : "ACTIVE_ONLY"},
                  {"order_by", {"attributes.start_time ASC"}},
                  {"max_results", kRunsAPage}};
        if (!token.empty()) body["page_token"] = token;
        return client_.post(kCall, body);
      },
      [&](const Json& page) {
        const Json runs = read_answer(address(), kCall, [&] { return page.value("runs", Json::array()); });
        for (const Json& each : runs) {
          if (std::optional<MlflowRun> run = run_or_report(address(), each, malformed)) take(std::move(*run));
        }
      });
}

std::vector<MlflowMetric> MlflowServer::history(const std::string& run, const std::string& key) {
  constexpr const char* kCall = "metrics/get-history";
  std::vector<MlflowMetric> values;
  each_page(
      [&](const std::string& token) {
        std::multimap<std::string, std::string> query = {
            {"run_id", run}, {"metric_key", key}, {"max_results", std::to_string(kValuesAPage)}};
        if (!token.empty()) query.emplace("page_token", token);
        return client_.get(kCall, query);
      },
      [&](const Json& page) {
        read_answer(address(), kCall, [&] {
          for (const Json& each : page.value("metrics", Json::array())) values.push_back(metric_of(each));
        });
      });
  return values;
}

std::string MlflowServer::create_run(const std::string& experiment, const MlflowRun& run,
                                     const std::function<std::optional<std::string>()>& find) {
  constexpr const char* kCall = "runs/create";
  const Json body{{"experiment_id", experiment},
                  {"start_time", run.start},
                  {"run_name", run.name},
                  {"tags", {{{"key", kUidTag}, {"value", run.tag(kUidTag)}}}}};
  bool is_first = true;
  return client_.patiently([&]() -> std::string {
    if (!std::exchange(is_first, false)) {
      if (const auto made = find()) return *made;  // its answer was lost
    }
    const Json answer = client_.post_once(kCall, body);
    return read_answer(address(), kCall, [&] { return run_id_of(answer.at("run")); });
  });
}

void MlflowServer::end_run(const std::string& id, const MlflowRun& run) {
  Json body{{"run_id", id}, {"status", run.status}, {"run_name", run.name}};
  if (run.end) body["end_time"] = *run.end;
  client_.post("runs/update", body);
}

void MlflowServer::delete_run(const std::string& id) {
  try {
    client_.post("runs/delete", {{"run_id", id}});
  } catch (const MlflowRefusal& refusal) {
    if (refusal.code() != "INVALID_PARAMETER_VALUE" && refusal.code() != "RESOURCE_DOES_NOT_EXIST") throw;
  }
}

void MlflowServer::set_tag(const std::string& id, const std::string& key, const std::string& value) {
  client_.post("runs/set-tag", {{"run_id", id}, {"key", key}, {"value", value}});
}

}  // namespace rnnbench
