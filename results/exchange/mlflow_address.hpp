#pragma once

#include <functional>
#include <string>

namespace rnnbench {

/// Where an MLflow server is, and who asks.
struct MlflowAddress {
  std::string origin;         ///< "http://127.0.0.1:5000"
  std::string path;           ///< before "/api/2.0/…"; "" or "/mlflow"
  std::string authorization;  ///< header; "": none

  /// For messages, without a password.
  std::string text() const { return origin + path; }
};

using EnvironmentLookup = std::function<std::string(const char*)>;  ///< "" where it isn't set

/// Reads "https://user:password@host:1/path". Without a user in it MLflow's own variables count:
/// MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN. Throws ConfigError, in which
/// no password stands.
MlflowAddress mlflow_address(const std::string& url, const EnvironmentLookup& environment);
/// The same with this process's variables.
MlflowAddress mlflow_address(const std::string& url);

}  // namespace rnnbench
