#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/core/child_process.hpp"

namespace rnnbench {

/// What a program said, and how it ended.
struct ProgramOutput {
  ProcessEnd end;
  std::string out;     ///< its standard output
  std::string errors;  ///< its standard error
  bool succeeded() const { return end.exit_code == 0; }
};

/// Runs a program (see ChildProcess) to its end, its standard input empty. `on_errors` gets what it writes to
/// standard error as it comes. Throws EnvironmentError where it can't be started or takes longer than `most`,
/// Interrupted; both end it.
ProgramOutput output_of(const std::vector<std::string>& command, const std::stop_token& stop = {},
                        const std::function<void(const std::string&)>& on_errors = {},
                        std::optional<std::chrono::milliseconds> most = {});

}  // namespace rnnbench
