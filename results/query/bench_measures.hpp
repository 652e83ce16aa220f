#pragma once

#include <vector>

#include "harness/statistics/timing_ratio.hpp"
#include "results/query/bench_data.hpp"

namespace rnnbench {

/// Each round's median of a phase [ns]; none where the side has no such phase.
const std::vector<double>& rounds_of(const BenchSideData& side, const char* phase);

/// The median over rounds [ns]; NaN where there is none or the clock can't be trusted.
double median_round_ns(const BenchSideData& side, const char* phase);

/// How many times as long as the reference, the first side, this one takes.
Finding<TimingRatio> ratio_of(const BenchData& bench, const BenchSideData& side, const char* phase);

/// The last value of a metric; NaN: none, or NaN.
double metric_of(const BenchSideData& side, const char* name);

/// Operations a second in a step; NaN where not known.
double step_rate(const BenchSideData& side);

/// The share of the machine's peak that a step reaches in the operations that the engine needs for it; NaN
/// where not known.
double needed_peak_share(const BenchSideData& side);

}  // namespace rnnbench
