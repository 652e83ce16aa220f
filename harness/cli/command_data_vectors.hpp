#pragma once

#include "harness/cli/commands.hpp"

namespace rnnbench {

/// Adds `vectors` to the command `data`.
void add_data_vectors_command(CLI::App& data, Session& session);

}  // namespace rnnbench
