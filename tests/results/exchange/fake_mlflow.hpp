#pragma once

#include <httplib.h>

#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace rnnbench {

/// As much of an MLflow server as exporting and importing ask for, in memory, on a port of this machine. It
/// can be made to fail. Its state is to be looked at between calls.
class FakeMlflow {
 public:
  using Json = nlohmann::json;
  using Fault = std::function<bool(const std::string& call, httplib::Response& response)>;

  struct Run {
    std::string id, experiment, name, status = "RUNNING", stage = "active";
    std::int64_t start = 0, end = 0;
    std::map<std::string, std::string> tags, params;
    std::vector<Json> metrics;  ///< as they came
    Json info = {};             ///< fields that it gives otherwise than it would
  };

  FakeMlflow();
  ~FakeMlflow();
  FakeMlflow(const FakeMlflow&) = delete;
  FakeMlflow& operator=(const FakeMlflow&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  std::vector<Json> experiments;
  std::vector<Run> runs;
  std::vector<std::string> calls;  ///< "runs/create", …, in the order they came
  std::size_t page = 1000;         ///< so many entries at most in an answer
  Fault before, after;             ///< answers instead of doing the call, or after it was done; true: it did

 private:
  void answer(const httplib::Request& request, httplib::Response& response);
  Json done(const std::string& call, const Json& body, const httplib::Params& query);
  Json search_runs(const Json& body) const;
  Json history(const httplib::Params& query);
  void log_batch(const Json& body);
  Run& run(const std::string& id);
  /// Puts the page that `token` begins into an answer.
  Json paged(const char* list, const std::vector<Json>& all, const std::string& token) const;

  std::mutex mutex_;
  httplib::Server server_;
  int port_;
  std::thread thread_;
};

}  // namespace rnnbench
