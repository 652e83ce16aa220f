#include "tests/results/exchange/fake_mlflow.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rnnbench {
namespace {

struct Refused {
  std::string code;
  std::string message;
};

nlohmann::json key_values(const std::map<std::string, std::string>& texts) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [key, value] : texts) list.push_back({{"key", key}, {"value", value}});
  return list;
}

nlohmann::json json_of(const FakeMlflow::Run& run) {
  std::map<std::string, nlohmann::json> last;
  for (const auto& metric : run.metrics) last[metric["key"]] = metric;
  nlohmann::json metrics = nlohmann::json::array();
  for (const auto& [key, metric] : last) metrics.push_back(metric);
  nlohmann::json info{{"run_id", run.id},
                      {"experiment_id", run.experiment},
                      {"run_name", run.name},
                      {"status", run.status},
                      {"start_time", run.start},
                      {"end_time", run.end},
                      {"lifecycle_stage", run.stage}};
  if (run.info.is_object()) info.update(run.info);
  return {
      {"info", info},
      {"data", {{"tags", key_values(run.tags)}, {"params", key_values(run.params)}, {"metrics", metrics}}}};
}

/// "tags.`rnnbench.uid` = 'x'" takes x; "… != ''" any that has one; "" all.
bool is_taken(const std::string& filter, const FakeMlflow::Run& run) {
  if (filter.empty()) return true;
  const auto uid = run.tags.find("rnnbench.uid");
  if (uid == run.tags.end()) return false;
  const std::size_t quote = filter.find('\'');
  const std::string wanted = filter.substr(quote + 1, filter.size() - quote - 2);
  return filter.find("!=") != std::string::npos ? uid->second != wanted : uid->second == wanted;
}

}  // namespace

FakeMlflow::FakeMlflow() : port_(server_.bind_to_any_port("127.0.0.1")) {
  const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
  };
  server_.Get("/api/2.0/mlflow/(.+)", handle);
  server_.Post("/api/2.0/mlflow/(.+)", handle);
  server_.set_tcp_nodelay(true);
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  while (!server_.is_running()) std::this_thread::yield();
}

FakeMlflow::~FakeMlflow() {
  server_.stop();
  thread_.join();
}

void FakeMlflow::answer(const httplib::Request& request, httplib::Response& response) {
  const std::lock_guard lock(mutex_);
  const std::string call = request.matches[1];
  calls.push_back(call);
  if (before && before(call, response)) return;
  try {
    const Json body = request.body.empty() ? Json::object() : Json::parse(request.body);
    response.set_content(done(call, body, request.params).dump(), "application/json");
  } catch (const Refused& refused) {
    response.status = refused.code == "RESOURCE_DOES_NOT_EXIST" ? 404 : 400;
    response.set_content(Json{{"error_code", refused.code}, {"message", refused.message}}.dump(),
                         "application/json");
  }
  if (after) after(call, response);
}

FakeMlflow::Run& FakeMlflow::run(const std::string& id) {
  const auto found = std::ranges::find(runs, id, &Run::id);
  if (found == runs.end()) throw Refused{"RESOURCE_DOES_NOT_EXIST", "no run " + id};
  if (found->stage != "active") throw Refused{"INVALID_PARAMETER_VALUE", "the run is deleted"};
  return *found;
}

FakeMlflow::Json FakeMlflow::done(const std::string& call, const Json& body, const httplib::Params& query) {
  const auto asked = [&](const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
  };
  if (call == "experiments/get-by-name") {
    for (const Json& each : experiments) {
      if (each["name"] == asked("experiment_name")) return {{"experiment", each}};
    }
    throw Refused{"RESOURCE_DOES_NOT_EXIST", "no such experiment"};
  }
  if (call == "experiments/create") {
    const std::string id = std::to_string(experiments.size() + 1);
    experiments.push_back({{"experiment_id", id},
                           {"name", body["name"]},
                           {"lifecycle_stage", "active"},
                           {"creation_time", 1000}});
    return {{"experiment_id", id}};
  }
  if (call == "experiments/search") return paged("experiments", experiments, body.value("page_token", ""));
  if (call == "runs/create") {
    Run& made = runs.emplace_back();
    made.id = fmt::format("run{}", runs.size());
    made.experiment = body["experiment_id"];
    made.name = body["run_name"];
    made.start = body["start_time"];
    for (const Json& tag : body["tags"]) made.tags[tag["key"]] = tag["value"];
    return {{"run", json_of(made)}};
  }
  if (call == "runs/search") return search_runs(body);
  if (call == "metrics/get-history") return history(query);
  if (call == "runs/log-batch") {
    log_batch(body);
    return Json::object();
  }
  if (call == "runs/update") {
    run(body["run_id"]).status = body["status"];
    run(body["run_id"]).end = body.value("end_time", std::int64_t{0});
    return Json::object();
  }
  if (call == "runs/delete") {
    run(body["run_id"]).stage = "deleted";
    return Json::object();
  }
  if (call == "runs/set-tag") {
    run(body["run_id"]).tags[body["key"]] = body["value"];
    return Json::object();
  }
  throw Refused{"ENDPOINT_NOT_FOUND", "no call " + call};
}

FakeMlflow::Json FakeMlflow::search_runs(const Json& body) const {
  std::vector<Json> found;
  for (const Run& each : runs) {
    const bool is_seen = each.stage == "active" || body["run_view_type"] == "ALL";
    if (each.experiment == body["experiment_ids"][0] && is_seen && is_taken(body.value("filter", ""), each)) {
      found.push_back(json_of(each));
    }
  }
  return paged("runs", found, body.value("page_token", ""));
}

FakeMlflow::Json FakeMlflow::history(const httplib::Params& query) {
  std::vector<Json> values;
  for (const Json& metric : run(query.find("run_id")->second).metrics) {
    if (metric["key"] == query.find("metric_key")->second) values.push_back(metric);
  }
  const auto token = query.find("page_token");
  return paged("metrics", values, token == query.end() ? "" : token->second);
}

void FakeMlflow::log_batch(const Json& body) {
  Run& to = run(body["run_id"]);
  for (const Json& param : body["params"]) {
    const auto [known, is_new] = to.params.emplace(param["key"], param["value"]);
    if (!is_new && known->second != param["value"])
      throw Refused{"INVALID_PARAMETER_VALUE", "a param is changed"};
  }
  for (const Json& metric : body["metrics"]) to.metrics.push_back(metric);
  for (const Json& tag : body["tags"]) to.tags[tag["key"]] = tag["value"];
}

FakeMlflow::Json FakeMlflow::paged(const char* list, const std::vector<Json>& all,
                                   const std::string& token) const {
  const std::size_t begin = token.empty() ? 0 : std::stoul(token), end = std::min(begin + page, all.size());
  Json answer{{list, Json::array()}};
  for (std::size_t i = begin; i < end; ++i) answer[list].push_back(all[i]);
  if (end < all.size()) answer["next_page_token"] = std::to_string(end);
  return answer;
}

}  // namespace rnnbench
