#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>
#include <system_error>

#include "harness/cli/commands.hpp"
#include "harness/cli/interrupt.hpp"
#include "harness/cli/worker_command.hpp"
#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/measure/build_info.hpp"
#include "results/query/plain_text.hpp"

namespace {

constexpr const char* kProgramFooter =
    "Exit codes: 0 done, 1 some runs failed, none could be run or parity is not shown, 2 bad usage or\n"
    "configuration, 3 something is missing, damaged or unwritable, 130 interrupted. `rnnbench COMMAND "
    "--help` says more.";

/// A message for people. Each line is shown inert: parts of it may come from a file or the command line.
void say(const std::string& message) {
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) {
    line = rnnbench::visible_text(line) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
  }
}

/// Whether this process was started by another of this program, to work for it.
bool is_helper(int argc, char** argv) {
  return argc > 1 && (std::strcmp(argv[1], rnnbench::kWorkerCommand) == 0 ||
                      std::strcmp(argv[1], rnnbench::kSideCommand) == 0);
}

/// A first word that is no command, which CLI11 would call a missing one.
void check_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-' || argv[1][0] == '\0') return;
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (!command->get_group().empty() || is_helper(argc, argv)) {
      commands.push_back(command->get_name());
    }
  }
  if (std::find(commands.begin(), commands.end(), argv[1]) != commands.end()) return;
  throw rnnbench::ConfigError(
      fmt::format("'{}' is no command{}", argv[1], rnnbench::suggestion(argv[1], commands)));
}

int run(int argc, char** argv) {
  using namespace rnnbench;
  const Interrupt interrupt(is_helper(argc, argv) ? Interrupt::By::kParent : Interrupt::By::kUser);
  Session session{interrupt.token()};

  CLI::App app("Experiment-tracking benchmark harness for recurrent nets: accuracy and timing in one row.",
               "rnnbench");
  app.set_version_flag("--version", fmt::format("rnnbench {} ({}{})", build_info::version,
                                                build_info::revision, build_info::dirty ? ", changed" : ""));
  app.require_subcommand(1);
  app.footer(kProgramFooter);
  add_run_command(app, session);
  add_worker_command(app, session);
  add_side_command(app, session);
  add_reproduce_command(app, session);
  add_rerun_command(app, session);
  add_plan_command(app, session);
  add_list_command(app, session);
  add_show_command(app, session);
  add_tag_command(app, session);
  add_note_command(app, session);
  add_compare_command(app, session);
  add_errors_command(app, session);
  add_effects_command(app, session);
  add_diff_env_command(app, session);
  add_query_command(app, session);
  add_plot_command(app, session);
  add_report_command(app, session);
  add_parity_command(app, session);
  add_bench_command(app, session);
  add_predict_command(app, session);
  add_serve_command(app, session);
  add_data_command(app, session);
  add_merge_command(app, session);
  add_export_command(app, session);
  add_import_command(app, session);
  add_backup_command(app, session);
  add_check_command(app, session);
  add_gc_command(app, session);
  add_doctor_command(app, session);

  try {
    check_command(app, argc, argv);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == 0;
    app.exit(error, std::cout, std::cerr);
    return asked_for_help ? 0 : static_cast<int>(ExitCode::kBadUsage);
  } catch (const Interrupted&) {
    say("\ninterrupted; " + session.when_interrupted);
    return Interrupt::kExitCode;
  } catch (const Error& error) {
    say(fmt::format("rnnbench: {}", error.what()));
    return static_cast<int>(error.exit_code());
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away must not end a run
  std::signal(SIGXFSZ, SIG_IGN);  // nor a limit on the size of files: the write says so
  try {
    const int exit_code = run(argc, argv);
    if (std::fflush(stdout) == 0 || errno == EPIPE) return exit_code;
    say(fmt::format("rnnbench: can't write the output: {}", std::strerror(errno)));
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::broken_pipe) return 0;  // `| head` has seen enough
    say(fmt::format("rnnbench: {}", error.what()));
  } catch (const std::exception& error) {
    say(fmt::format("rnnbench: {}", error.what()));
  }
  return static_cast<int>(rnnbench::ExitCode::kEnvironment);
}
