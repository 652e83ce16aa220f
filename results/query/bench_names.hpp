#pragma once

#include <string>

#include "results/query/bench_data.hpp"

namespace rnnbench {

/// "m1", or "m1, batch=1, 1 thread": the subject with what the command changed of its settings, without the
/// tables that they are in.
std::string bench_name(const BenchData& bench);

}  // namespace rnnbench
