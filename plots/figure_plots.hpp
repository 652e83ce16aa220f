#pragma once

#include <optional>
#include <vector>

#include "plots/plot.hpp"
#include "results/query/claims.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// From data to plot, one function a figure; nothing where the data has too little for it.

/// Accuracy and loss by epoch, one panel a trial: seeds thin, their mean thick. The mean is that of
/// finished runs, at epochs where all of them have a finite value.
std::optional<Plot> learning_curves(const FigureData& data, const Theme& theme = {});

/// Test accuracy, one row a trial, best mean first: each seed a dot, mean and 95 % t interval.
std::optional<Plot> accuracy_by_trial(const FigureData& data, const Theme& theme = {});

/// Test accuracy against length (or vocabulary, where that alone differs), a line a vocabulary, a panel for
/// what else differs: mean and 95 % t interval. Nothing where all trials have one size.
std::optional<Plot> accuracy_by_size(const FigureData& data, const Theme& theme = {});

/// The same means as colours of vocabulary × length. Nothing where one of them doesn't differ.
std::optional<Plot> accuracy_map(const FigureData& data, const Theme& theme = {});

/// Accuracy and loss of held-out reviews by epoch, the means of up to seven trials in one panel each, with a
/// band from the lowest to the highest seed: the best by each seed's last epoch.
/// Fifths of the test reviews by their words; the best seven trials.
std::optional<Plot> accuracy_by_length(const FigureData& data, const Theme& theme = {});
/// By the stars that their writers gave.
std::optional<Plot> accuracy_by_rating(const FigureData& data, const Theme& theme = {});
std::optional<Plot> curves_together(const FigureData& data, const Theme& theme = {});

/// Training time per epoch, or of a step, one row a trial, grouped by vocabulary and length where they
/// differ: each seed's median a dot, the median of those a stroke, from 20 samples on a bar over the middle
/// nine tenths of all.
std::optional<Plot> epoch_time(const FigureData& data, const Theme& theme = {});
std::optional<Plot> step_time(const FigureData& data, const Theme& theme = {});

/// Medians of a step's phases, stacked, one row a trial.
std::optional<Plot> step_phases(const FigureData& data, const Theme& theme = {});

/// Of each comparison by `rnnbench bench`, how many times as long as the reference each side takes for a
/// step, with the 95 % interval over rounds, the slowest first.
std::optional<Plot> speed_ratios(const FigureData& data, const Theme& theme = {});

/// Of comparisons of one engine on several numbers of threads, how many times as fast as on one.
std::optional<Plot> thread_scaling(const FigureData& data, const Theme& theme = {});

/// Steps of engines that say what they need by operations a byte and a second, under the machine's measured
/// roofs (Williams, Waterman and Patterson 2009, "Roofline: an insightful visual performance model").
std::optional<Plot> roofline(const FigureData& data, const Theme& theme = {});

/// What was called what, shares of each label, one matrix a trial, all seeds together.
std::optional<Plot> confusion_matrices(const FigureData& data, const Theme& theme = {});

/// Of each run, when it began: median of the control, peak of its memory, frequency of the processors.
std::optional<Plot> machine_over_time(const FigureData& data, const Theme& theme = {});

/// Test accuracy against training time: each seed a small mark, a trial's means a large one.
std::optional<Plot> accuracy_against_time(const FigureData& data, const Theme& theme = {});

/// The reliability diagram: share of positive reviews against their mean probability, in ten bins of the
/// probability, the reviews of all seeds together; one line a trial.
std::optional<Plot> calibration(const FigureData& data, const Theme& theme = {});

/// A forest plot: each reported figure with its margin, and runs, centre, interval and verdict of each
/// engine.
std::optional<Plot> reported_figures(const std::vector<ClaimData>& claims, const Theme& theme = {});

/// The curves that sources print over the mean of our runs and where one more of them would lie, of each
/// claim on the engine with the most runs.
std::optional<Plot> reported_curves(const std::vector<ClaimData>& claims, const Theme& theme = {});

}  // namespace rnnbench
