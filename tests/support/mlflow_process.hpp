#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "harness/core/child_process.hpp"

namespace rnnbench {

/// A real MLflow server with a SQLite store on a port of this machine, its files in a folder; killed at the
/// end. It is the program that RNNBENCH_MLFLOW names, else `mlflow` on the PATH.
class MlflowProcess {
 public:
  explicit MlflowProcess(std::filesystem::path folder);
  ~MlflowProcess();
  MlflowProcess(const MlflowProcess&) = delete;
  MlflowProcess& operator=(const MlflowProcess&) = delete;

  /// Why there is none; "" once it answers.
  const std::string& obstacle() const { return obstacle_; }
  std::string url() const;
  /// At once, as a power cut does.
  void kill();
  /// Again after kill(), on the same port and store. Whether it answers.
  bool start();

 private:
  bool is_well() const;
  std::filesystem::path log() const { return folder_ / "log.txt"; }

  std::filesystem::path folder_;
  std::string program_, obstacle_;
  int port_;
  std::unique_ptr<ChildProcess> server_;
};

}  // namespace rnnbench
