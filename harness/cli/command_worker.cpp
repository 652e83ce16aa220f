#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string_view>

#include "harness/cli/commands.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/processor_share.hpp"
#include "harness/cli/worker_command.hpp"
#include "harness/core/child_process.hpp"
#include "harness/core/error.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/workers/worker.hpp"
#include "impls/registry/registry.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace {

struct WorkerOptions {
  DatabaseOption db;
  DataOption data;
  VectorsOption vectors;
  std::vector<int> processors;
  pid_t parent = 0;
};

/// Whether it did; a parent that is gone is noticed by the end of the requests.
bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void work(const WorkerOptions& options, const std::stop_token& stop) {
  if (::getppid() != options.parent) {
    throw ConfigError("'worker' is what `rnnbench run` starts for itself; use `rnnbench run`");
  }
  ::fcntl(ChildProcess::kDescriptor, F_SETFD, FD_CLOEXEC);  // not for programs that are started here
  adopt_orphans();
  stay_on(options.processors);
  Store store(options.db.path);
  const RunServices services = real_services(options.db.path, options.data, options.vectors, stop);
  serve_runs(
      std::cin, [](const std::string& line) { write_all(ChildProcess::kDescriptor, line); }, engine_names(),
      services, store);
}

}  // namespace

void add_worker_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<WorkerOptions>();
  CLI::App* command = app.add_subcommand(kWorkerCommand, "Do runs for `rnnbench run`")->group("");
  options->db.add_to(*command);
  options->data.add_to(*command);
  options->vectors.add_to(*command);
  command->add_option("--processors", options->processors)->delimiter(',');
  command->add_option("--parent", options->parent);
  command->callback([options, &session] { work(*options, session.stop); });
}

}  // namespace rnnbench
