#pragma once

#include <optional>

#include "plots/plot.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// From data to plot, one function a figure; nothing where the data has too little for it.

/// Accuracy and loss by epoch, one panel a trial: seeds thin, their mean thick. The mean is that of
/// finished runs, at epochs where all of them have a finite value.
std::optional<Plot> learning_curves(const FigureData& data);

/// Test accuracy, one row a trial, best mean first: each seed a dot, mean and 95 % t interval.
std::optional<Plot> accuracy_by_trial(const FigureData& data);

/// Training time per epoch, one row a trial, grouped by vocabulary and length where they differ: each seed's
/// median a dot, the median of those a stroke.
std::optional<Plot> epoch_time(const FigureData& data);

/// Test accuracy against training time: each seed a small mark, a trial's means a large one.
std::optional<Plot> accuracy_against_time(const FigureData& data);

/// The reliability diagram: share of positive reviews against their mean probability, in ten bins of the
/// probability, the reviews of all seeds together; one line a trial.
std::optional<Plot> calibration(const FigureData& data);

}  // namespace rnnbench
