#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/exchange/export_mlflow.hpp"
#include "results/exchange/import_mlflow.hpp"
#include "tests/results/exchange/exchanged_runs.hpp"
#include "tests/results/exchange/fake_mlflow.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {

/// A database with runs, and a server that has none yet.
class MlflowTest : public testing::Test {
 protected:
  MlflowTest() { make_exchanged_runs(path_); }

  /// Waits between attempts as long as no person would notice.
  static MlflowServer server_at(const std::string& url, std::size_t attempts = 3) {
    return MlflowServer(mlflow_address(url, [](const char*) { return std::string(); }), {},
                        MlflowClient::Pauses(attempts - 1, std::chrono::milliseconds(1)));
  }

  MlflowExportReport send(std::size_t attempts = 3) {
    Database database(path_);
    MlflowServer server = server_at(fake_.url(), attempts);
    return export_mlflow(database, all_runs(path_), server);
  }

  MlflowImportReport fetch(const std::filesystem::path& to,
                           const std::vector<std::string>& experiments = {}) {
    MlflowServer server = server_at(fake_.url());
    return import_mlflow(server, experiments, to);
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "results.db", copy_ = folder_.path() / "copy.db";
  FakeMlflow fake_;
};

}  // namespace rnnbench
