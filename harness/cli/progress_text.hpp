#pragma once

#include <string>

#include "harness/core/records.hpp"
#include "harness/runner/progress.hpp"

namespace rnnbench {

/// Whether stderr is a terminal that may be drawn on (NO_COLOR unset, TERM not "dumb").
bool stderr_is_terminal();

/// Columns of the terminal on stderr; 80 where unknown.
std::size_t terminal_width();

/// To stderr. A reader that went away must not end a run, so that errors are not looked at.
void write_to_stderr(const std::string& text);

/// "[3/40] engine=eigen seed 1".
std::string name_of(const MatrixPosition& position);

/// "train loss 0.512 acc 76.7 %, test loss 0.480 acc 78.1 %"
std::string results_of(const EpochRecord& epoch);

}  // namespace rnnbench
