#pragma once

#include <string>

#include "plots/plot.hpp"
#include "results/query/figure_data.hpp"
#include "results/query/trial_labels.hpp"

namespace rnnbench {

/// A plot without panels, as wide as its sheet: name, title with the experiment, subtitle with the data set
/// and what all trials share, footer with n and the source revision.
Plot captioned(const FigureData& data, const TrialLabels& labels, const std::string& name,
               const std::string& title, const Theme& theme);

/// The same of comparisons by `rnnbench bench`: subtitle with tokens and threads of the sides, footer with
/// how many comparisons and rounds, machine and revision.
Plot bench_plot(const FigureData& data, const std::string& name, const std::string& title,
                const Theme& theme);

/// Says in the footer how many of the trials the figure leaves out, and why.
void add_missing(Plot& plot, const FigureData& data, std::size_t shown, const std::string& why);

/// Rule of the project: speeds of two engines are compared only where both were shown to compute the
/// same function. Says for which of the model specs that run on several engines a parity record shows it,
/// with the worst gradient error and the day of the oldest record. "" for one engine.
std::string parity_note(const FigureData& data, const std::vector<const TrialData*>& trials);

/// "0123456789ab (with local changes)" of each environment, joined; "" where none is recorded.
std::string source_revisions(const FigureData& data);

/// "1 trial", "24 trials".
std::string trial_count(std::size_t trials);

/// "46 runs finished, 1 failed, 2 skipped"; statuses that don't occur left out.
std::string run_counts(const std::vector<TrialData>& trials);

}  // namespace rnnbench
