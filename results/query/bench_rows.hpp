#pragma once

#include <vector>

#include "results/query/bench_data.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// Comparisons for programs: one table, a row a side, with numbers only where it says so by name:
///
/// model, reference, side, engine, device (texts), run; step_ms, predict_ms: medians over rounds;
/// step_ratio, predict_ratio: how many times as long as the reference takes, each with _low and _high of its
/// 95 % interval (1 of the reference itself, without); operations_per_second and peak_share of a step as
/// written; needed_operations, that the engine's shortcuts leave of it, and needed_peak_share in them;
/// memory_bytes, device_memory_bytes: peaks; steps timed, noisy_steps of these; rounds; problem: why there is
/// no ratio; comparison: its name, bench.session in the runs' particulars. NULL: not known.
Table bench_rows(const std::vector<BenchData>& benches);

}  // namespace rnnbench
