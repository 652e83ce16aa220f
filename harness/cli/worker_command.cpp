#include "harness/cli/worker_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

namespace rnnbench {
namespace {

void add_options(std::vector<std::string>& command, const DataOption& data, const VectorsOption& vectors,
                 const std::vector<int>& processors) {
  if (data.path) command.insert(command.end(), {"--data", data.path->string()});
  if (vectors.path) command.insert(command.end(), {"--vectors", vectors.path->string()});
  if (!processors.empty()) {
    command.insert(command.end(), {"--processors", fmt::format("{}", fmt::join(processors, ","))});
  }
}

}  // namespace

std::vector<std::string> worker_command(const std::filesystem::path& database, const DataOption& data,
                                        const VectorsOption& vectors, const std::vector<int>& processors) {
  std::vector<std::string> command = {"/proc/self/exe",  kWorkerCommand, "--db",
                                      database.string(), "--parent",     std::to_string(::getpid())};
  add_options(command, data, vectors, processors);
  return command;
}

std::vector<std::string> side_command(const std::filesystem::path& program, const DataOption& data,
                                      const VectorsOption& vectors, const std::vector<int>& processors) {
  std::vector<std::string> command = {program.string(), kSideCommand, "--parent", std::to_string(::getpid())};
  add_options(command, data, vectors, processors);
  return command;
}

}  // namespace rnnbench
