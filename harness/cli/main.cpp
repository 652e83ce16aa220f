#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "harness/cli/commands.hpp"
#include "harness/cli/interrupt.hpp"
#include "harness/core/error.hpp"
#include "harness/measure/build_info.hpp"

namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done, 1 some runs failed, 2 bad usage or configuration, 3 something is missing, damaged "
    "or\n"
    "unwritable, 130 interrupted. `rnnbench COMMAND --help` says more.";

int run(int argc, char** argv) {
  using namespace rnnbench;
  const Interrupt interrupt;
  Session session{interrupt.token()};

  CLI::App app("Experiment-tracking benchmark harness for recurrent nets: accuracy and timing in one row.",
               "rnnbench");
  app.set_version_flag("--version", fmt::format("rnnbench {} ({}{})", build_info::version,
                                                build_info::revision, build_info::dirty ? ", changed" : ""));
  app.require_subcommand(1);
  app.footer(kFooter);
  add_run_command(app, session);
  add_plan_command(app, session);
  add_list_command(app, session);
  add_show_command(app, session);
  add_query_command(app, session);
  add_plot_command(app, session);
  add_report_command(app, session);
  add_predict_command(app, session);
  add_data_command(app, session);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == 0;
    app.exit(error, std::cout, std::cerr);
    return asked_for_help ? 0 : static_cast<int>(ExitCode::kBadUsage);
  } catch (const Interrupted&) {
    fmt::print(stderr,
               "\ninterrupted; what was finished is recorded, and the same command goes on from there\n");
    return Interrupt::kExitCode;
  } catch (const Error& error) {
    fmt::print(stderr, "rnnbench: {}\n", error.what());
    return static_cast<int>(error.exit_code());
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "rnnbench: {}\n", error.what());
    return static_cast<int>(rnnbench::ExitCode::kEnvironment);
  }
}
