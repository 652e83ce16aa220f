#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <string_view>

#include "harness/bench/side.hpp"
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

void say(const std::string& line) { write_all(ChildProcess::kDescriptor, line); }

void begin(const WorkerOptions& options, const char* command, const char* starter) {
  if (::getppid() != options.parent) {
    throw ConfigError(
        fmt::format("'{0}' is what `rnnbench {1}` starts for itself; use `rnnbench {1}`", command, starter));
  }
  ::fcntl(ChildProcess::kDescriptor, F_SETFD, FD_CLOEXEC);  // not for programs that are started here
  stay_on(options.processors);
  adopt_orphans();
}

void work(const WorkerOptions& options, const std::stop_token& stop) {
  begin(options, kWorkerCommand, "run");
  Store store(options.db.path);
  const RunServices services = real_services(options.db.path, options.data, options.vectors, stop);
  serve_runs(std::cin, say, engine_names(), services, store);
}

void take_steps(const WorkerOptions& options, const std::stop_token& stop) {
  begin(options, kSideCommand, "bench");
  serve_side(std::cin, say, engine_names(),
             real_services(options.db.path, options.data, options.vectors, stop));
  end_descendants();  // what a program that is gone had started
}

void add_options(CLI::App& command, WorkerOptions& options) {
  options.data.add_to(command);
  options.vectors.add_to(command);
  command.add_option("--processors", options.processors)->delimiter(',');
  command.add_option("--parent", options.parent);
}

}  // namespace

void add_worker_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<WorkerOptions>();
  CLI::App* command = app.add_subcommand(kWorkerCommand, "Do runs for `rnnbench run`")->group("");
  options->db.add_to(*command);
  add_options(*command, *options);
  command->callback([options, &session] { work(*options, session.stop); });
}

void add_side_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<WorkerOptions>();
  CLI::App* command = app.add_subcommand(kSideCommand, "Take steps for `rnnbench bench`")->group("");
  add_options(*command, *options);
  command->callback([options, &session] { take_steps(*options, session.stop); });
}

}  // namespace rnnbench
