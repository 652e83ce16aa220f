#include "harness/cli/worker_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace rnnbench {

std::vector<std::string> worker_command(const std::filesystem::path& database, const DataOption& data,
                                        const VectorsOption& vectors, const std::vector<int>& processors) {
  std::vector<std::string> command = {"/proc/self/exe",  kWorkerCommand, "--db",
                                      database.string(), "--parent",     std::to_string(::getpid())};
  if (data.path) command.insert(command.end(), {"--data", data.path->string()});
  if (vectors.path) command.insert(command.end(), {"--vectors", vectors.path->string()});
  if (!processors.empty()) {
    command.insert(command.end(), {"--processors", fmt::format("{}", fmt::join(processors, ","))});
  }
  return command;
}

}  // namespace rnnbench
