#pragma once

#include "harness/cli/commands.hpp"

namespace rnnbench {

/// Adds `show` to the command `data`: what a recipe makes of the reviews. `session` must outlive it.
void add_data_show(CLI::App& data, Session& session);

}  // namespace rnnbench
