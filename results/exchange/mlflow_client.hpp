#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "results/exchange/mlflow_address.hpp"

namespace httplib {
class Client;
struct Request;
class Result;
}  // namespace httplib

namespace rnnbench {

using Json = nlohmann::json;

/// The server understood and said no.
class MlflowRefusal : public EnvironmentError {
 public:
  MlflowRefusal(std::string code, const std::string& message)
      : EnvironmentError(message), code_(std::move(code)) {}
  /// "RESOURCE_DOES_NOT_EXIST", "RESOURCE_ALREADY_EXISTS", …
  const std::string& code() const { return code_; }

 private:
  std::string code_;
};

/// The server doesn't answer, is overloaded or broke down: the same may succeed later.
class MlflowOutage : public EnvironmentError {
 public:
  explicit MlflowOutage(const std::string& message, std::chrono::milliseconds wish = {})
      : EnvironmentError(message), wish_(wish) {}
  /// How long the server wants to be left alone; 0: it doesn't say.
  std::chrono::milliseconds wish() const { return wish_; }

 private:
  std::chrono::milliseconds wish_;
};

/// Calls of MLflow's REST API 2.0 on one connection that is kept open. Every error is an EnvironmentError
/// that names the server and the remedy. Used from one thread.
class MlflowClient {
 public:
  using Pauses = std::vector<std::chrono::milliseconds>;
  static Pauses growing_pauses();  ///< 0.5 s to 8 s, 15.5 s in all
  static constexpr std::size_t kMostOfAnAnswer = std::size_t{256} << 20;

  /// A request to stop breaks off what is under way: Interrupted is thrown. An answer of more than
  /// `most_bytes` is an error, before it is held.
  explicit MlflowClient(MlflowAddress address, std::stop_token stop = {}, Pauses pauses = growing_pauses(),
                        std::size_t most_bytes = kMostOfAnAnswer);
  ~MlflowClient();
  MlflowClient(const MlflowClient&) = delete;
  MlflowClient& operator=(const MlflowClient&) = delete;

  const MlflowAddress& address() const { return address_; }

  /// `call` is "runs/search". Tries again after an outage: only for what may be done twice.
  Json get(const std::string& call, const std::multimap<std::string, std::string>& query);
  Json post(const std::string& call, const Json& body);
  /// Once: after an outage it may have been done or not.
  Json post_once(const std::string& call, const Json& body);

  /// Does it, after an outage again, with a growing pause before each time; throws the last outage. A server
  /// may wish for longer pauses, but all of them are no longer than without a wish. Calls within `action` are
  /// not repeated on their own, so that the pauses add up once. A server that never answered is not waited
  /// for.
  template <typename Action>
  auto patiently(Action action) {
    if (is_patient_) return action();
    const Patience patience(*this);
    std::chrono::milliseconds left = all_pauses();
    for (std::size_t tried = 0;; ++tried) {
      try {
        return action();
      } catch (const MlflowOutage& outage) {
        wait_after(outage, tried, left);
      }
    }
  }

 private:
  struct Patience {
    explicit Patience(MlflowClient& client) : of(client) { of.is_patient_ = true; }
    ~Patience() { of.is_patient_ = false; }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    MlflowClient& of;
  };

  Json answer_to(const std::string& call, httplib::Request request);
  Json answer_of(const std::string& call, const httplib::Result& result, const std::string& body);
  std::chrono::milliseconds all_pauses() const;
  /// Takes the pause out of what is `left` of all.
  void wait_after(const MlflowOutage& outage, std::size_t tried, std::chrono::milliseconds& left);

  MlflowAddress address_;
  std::stop_token stop_;
  Pauses pauses_;
  std::size_t most_bytes_;
  std::unique_ptr<httplib::Client> client_;
  bool has_answered_ = false, is_patient_ = false;
};

}  // namespace rnnbench
