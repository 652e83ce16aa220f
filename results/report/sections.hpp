#pragma once

#include <string>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// The parts of a report, each Markdown with its heading, in the order of the page. "" where there is
/// nothing to say.

/// Question, data set, the matrix' axes with their values, how many runs ended how.
std::string what_ran(const FigureData& data);

/// One row a trial: n, mean test accuracy with its interval, best, training time, median step.
std::string results_table(const FigureData& data);

/// One row a trial: precision, recall and F1 by class, their averages, AUC and calibration error, means over
/// seeds. "" where no run stored predictions.
std::string by_class(const FigureData& data);

/// Medians of each phase, one row a trial.
std::string timing_table(const FigureData& data);

/// How the control, which is always the same work, drifted over the runs of a machine, and the runs in which
/// it was more than 5 % off their median. Belongs below timing_table().
std::string control_drift(const FigureData& data);

/// One row for each two trials that differ only in their engine: parity record, difference of test accuracy
/// paired by seed with its 90 % interval, and whether they are equivalent within a margin of 1 point; then
/// each one's verdict in words.
std::string engine_comparison(const FigureData& data);

/// Each comparison of the experiment's benches: table and notes.
std::string benches(const FigureData& data);

/// One of them, under a heading of the third level.
std::string bench_section(const BenchData& bench);

/// Whether the experiment is of benchmarks that `rnnbench import` recorded.
bool is_imported(const FigureData& data);

/// Of these one row each: repetitions, their median times, counters.
std::string imported_benchmarks(const FigureData& data);

/// Runs that didn't finish, by trial and reason.
std::string unfinished_runs(const FigureData& data);

/// Machine, source revision, compiler and versions, as recorded.
std::string environments(const FigureData& data);

/// The experiment's file and the command that runs it.
std::string how_to_repeat(const FigureData& data);

}  // namespace rnnbench
