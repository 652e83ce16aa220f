#pragma once

#include <string>
#include <vector>

#include "results/query/bench_data.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// For people, a row a side: median of a step and of a prediction [ms] over rounds, how many times as long as
/// the reference takes with its 95 % interval, operations a second and their share of the machine's peak,
/// memory, noise. Words stand where a number would mislead.
Table bench_table(const BenchData& bench);

/// What must be known to read the table, a sentence each: what was timed on what, how it ended, each side's
/// verdict and phases, parity, the machine, its drift and noise.
std::vector<std::string> bench_notes(const BenchData& bench);

}  // namespace rnnbench
