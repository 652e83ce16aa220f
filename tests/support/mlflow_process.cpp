#include "tests/support/mlflow_process.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <unistd.h>

#include <cstdlib>

#include "harness/core/files.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/core/program_output.hpp"
#include "tests/support/comes_true.hpp"
#include "tests/support/free_port.hpp"

namespace rnnbench {
namespace {

constexpr int kSecondsToStart = 90;

std::string found_program() {
  const char* named = std::getenv("RNNBENCH_MLFLOW");
  if (named != nullptr && *named != '\0') return ::access(named, X_OK) == 0 ? named : "";
  try {
    const ProgramOutput path = output_of({"sh", "-c", "command -v mlflow"});
    return path.succeeded() ? path.out.substr(0, path.out.find('\n')) : "";
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace

MlflowProcess::MlflowProcess(std::filesystem::path folder)
    : folder_(std::move(folder)), program_(found_program()), port_(free_port()) {
  if (program_.empty()) {
    obstacle_ = "no MLflow: `pip install mlflow`, or let RNNBENCH_MLFLOW name the program";
  } else if (!start()) {
    obstacle_ = fmt::format("{} server doesn't answer: {}", program_, read_file(log()));
  }
}

MlflowProcess::~MlflowProcess() { kill(); }

std::string MlflowProcess::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

bool MlflowProcess::start() {
  // Its output goes to a file: it would wait for room in a pipe.
  server_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"sh",
                               "-c",
                               R"(exec >"$0" 2>&1 "$@")",
                               log().string(),
                               "env",
                               "MLFLOW_DISABLE_TELEMETRY=true",
                               "DO_NOT_TRACK=true",
                               "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false",
                               program_,
                               "server",
                               "--backend-store-uri",
                               fmt::format("sqlite:///{}/mlflow.db", folder_.string()),
                               "--artifacts-destination",
                               (folder_ / "artifacts").string(),
                               "--host",
                               "127.0.0.1",
                               "--port",
                               std::to_string(port_),
                               "--workers",
                               "1"});
  comes_true(kSecondsToStart, [&] { return is_well() || server_->ended(); });
  return is_well();
}

bool MlflowProcess::is_well() const {
  const auto health = httplib::Client("127.0.0.1", port_).Get("/health");
  return health && health->status == 200;
}

void MlflowProcess::kill() {
  if (server_) kill_with_descendants(server_->id());
  server_.reset();
}

}  // namespace rnnbench
